-- What two carts that became one could not keep as it was, in lines, until their shopper has said that they know.
alter table cart
  add column left_out int not null default 0 constraint cart_left_out_not_negative check (left_out >= 0),
  add column reduced int not null default 0 constraint cart_reduced_not_negative check (reduced >= 0);

-- Whether a guest has ordered before goes by where they are written to.
create index order_group_guest_email on order_group (email) where account_id is null and email is not null;
