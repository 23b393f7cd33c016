-- What a message tells of, where that is told once: whoever puts the same on its way again finds it there.
alter table delivery add column once text constraint delivery_once_length check (length(once) between 1 and 100);
create unique index delivery_once on delivery (once) where once is not null;
