-- Who did what. Only ever added to: the triggers refuse everything else to everyone, and the rights are taken away
-- from the owner as well.
create table audit_entry (
  -- Grows with time, so lists go by it.
  id uuid primary key,
  at timestamptz not null,
  -- No account: the system itself, or someone who had not signed in.
  actor text not null constraint audit_actor_known check (actor in ('account', 'visitor', 'system')),
  account_id uuid,
  action text not null,
  subject text not null,
  subject_id uuid,
  -- Without its last part: an IPv4 /24 or an IPv6 /48.
  network text,
  user_agent text check (length(user_agent) <= 200),
  request uuid not null,
  before jsonb,
  after jsonb,
  constraint audit_account check ((actor = 'account') = (account_id is not null))
);
create index audit_account on audit_entry (account_id, id desc) where account_id is not null;
create index audit_subject on audit_entry (subject_id, id desc) where subject_id is not null;
create index audit_action on audit_entry (action, id desc);
create index audit_at on audit_entry (at desc);

create function audit_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is only ever added to' using errcode = 'insufficient_privilege',
    constraint = 'audit_append_only';
end $$;
create trigger audit_no_change before update or delete on audit_entry
  for each row execute function audit_append_only();
create trigger audit_no_truncate before truncate on audit_entry
  for each statement execute function audit_append_only();
-- `enable always`: also where a session calls itself a replica.
alter table audit_entry enable always trigger audit_no_change;
alter table audit_entry enable always trigger audit_no_truncate;
revoke update, delete, truncate on audit_entry from public;
revoke update, delete, truncate on audit_entry from current_user;
