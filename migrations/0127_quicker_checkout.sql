-- What a checkout writes costs less: room on the pages of carts, so that changes of one stay beside it and touch no index,
-- and no indexes that nothing reads by. Orders of a group are found by `shop_order_one_per_shop`.
alter table cart set (fillfactor = 70);
drop index payment_share_order;
drop index order_fee_line;
drop index ledger_journal_at;
drop index shop_order_group;
