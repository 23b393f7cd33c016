-- Whose a voucher is, in one column that an index finds it by: its shop, or nobody's id where it is the platform's.
alter table voucher add column owner_id uuid not null
  generated always as (coalesce(shop_id, '00000000-0000-0000-0000-000000000000'::uuid)) stored;
create index voucher_owned on voucher (owner_id, id desc);
drop index voucher_of_owner;
