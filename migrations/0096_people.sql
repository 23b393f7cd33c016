-- Attempts at making an archive that were begun: its job gives up after some, and its owner is told.
alter table data_export add column tries smallint not null default 0 check (tries >= 0);
create index data_export_under_way on data_export (requested_at) where state in ('waiting', 'running');

-- Whether anybody ever signed in to it: the first device of an account is no news to its owner, the first after a reset
-- of the password is.
alter table account add column entered boolean not null default false;
update account set entered = true
where id in (select account_id from known_device) or id in (select account_id from session);

-- A browser's token is looked for whosever it is.
create index known_device_token on known_device (token_hash);
