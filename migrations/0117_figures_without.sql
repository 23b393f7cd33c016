-- Figures are of what buyers kept: pieces that were left out are not sold, and what was given back for others is not the
-- shop's. `pasar figures` counts earlier days anew.
alter table shop_sales_day
  -- Of what was sent, what went back to buyers at the shop's expense.
  add column given_back bigint not null default 0;

-- What the first `n` of so many equal pieces come to, as `order::share` has it: whatever does not divide stands with the
-- earlier ones.
create function first_pieces(whole bigint, pieces int, n int) returns bigint language sql immutable parallel safe as $$
  select case when n >= pieces then whole else (whole / pieces) * n + least(whole % pieces, n) end
$$;

-- What of a line is sent or to be sent: how many pieces, and what they come to before vouchers, by vouchers of the shop, and
-- by the platform's discounts.
create function line_kept(line order_line, out pieces int, out sales bigint, out by_shop bigint, out by_platform bigint)
  language sql immutable parallel safe as $$
  select line.quantity - line.left_out, kept.sales, kept.sales - kept.gross - kept.by_platform, kept.by_platform
  from (
    select
      line.gross - first_pieces(line.gross, line.quantity, line.left_out) as gross,
      line.platform_discount - first_pieces(line.platform_discount, line.quantity, line.left_out) as by_platform,
      line.gross + line.shop_discount + line.platform_discount - first_pieces(
        line.gross + line.shop_discount + line.platform_discount, line.quantity, line.left_out) as sales
  ) as kept
$$;
