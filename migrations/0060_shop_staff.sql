-- A shop belongs to people: one owner, and those the owner asked to work there, each in one role.
create table shop_staff (
  shop_id uuid not null references shop (id),
  account_id uuid not null references account (id),
  role text not null constraint shop_staff_role_known
    check (role in ('owner', 'manager', 'fulfilment', 'catalogue', 'finance')),
  since timestamptz not null,
  -- Absent for whoever opened the shop, and where the role was given at the console.
  given_by uuid references account (id),
  primary key (shop_id, account_id)
);
create index shop_staff_account on shop_staff (account_id, since, shop_id);
-- At most one is the owner; that there is one wherever there are people is looked at when a change is complete.
create unique index shop_staff_one_owner on shop_staff (shop_id) where role = 'owner';

create function shop_has_owner() returns trigger language plpgsql as $$
begin
  if exists (select from shop_staff where shop_id = coalesce(new.shop_id, old.shop_id))
     and not exists (select from shop_staff where shop_id = coalesce(new.shop_id, old.shop_id) and role = 'owner') then
    raise exception 'one of its people has to be the owner of a shop'
      using errcode = 'check_violation', constraint = 'shop_has_owner';
  end if;
  return null;
end $$;
create constraint trigger shop_has_owner after insert or update or delete on shop_staff
  deferrable initially deferred for each row execute function shop_has_owner();

-- in_review: an operator has yet to look at who opened it; rejected: sent back to be corrected. Neither is seen by shoppers.
alter table shop drop constraint shop_state_known;
alter table shop add constraint shop_state_known
  check (state in ('in_review', 'rejected', 'open', 'on_holiday', 'suspended', 'closed'));
