-- Somebody asked by e-mail to work in a shop, by a link that works once. Whoever shows it must have that address.
create table shop_invitation (
  id uuid primary key,
  shop_id uuid not null references shop (id),
  -- Lower case. Blanked with the account it turned out to belong to.
  email text not null constraint shop_invitation_email_length check (length(email) between 1 and 254),
  role text not null constraint shop_invitation_role_known check (role in ('manager', 'fulfilment', 'catalogue', 'finance')),
  -- SHA-256 of the link's token, which itself is kept nowhere.
  token_hash bytea not null constraint shop_invitation_token_unique unique check (length(token_hash) = 32),
  invited_by uuid not null references account (id),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Once it was accepted, taken back, or replaced by another.
  ended_at timestamptz,
  accepted_by uuid references account (id),
  constraint shop_invitation_accepted_is_over check (accepted_by is null or ended_at is not null)
);
create unique index shop_invitation_one_open on shop_invitation (shop_id, email) where ended_at is null;
create index shop_invitation_expires on shop_invitation (expires_at);
