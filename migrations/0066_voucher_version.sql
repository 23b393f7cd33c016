-- An edit of a voucher names the version it was made from.
alter table voucher add column version int not null default 1;
