-- The same checks as before in one statement each: they run for every line, fee and order that is written, and what took
-- most of their time was that each was several statements.

create or replace function order_is_sum_of_its_parts(of_order uuid) returns void language plpgsql as $$
declare
  o record;
begin
  select number, lines.n, (goods, shop_discount, platform_discount) is distinct from (lines.gross, lines.by_shop, lines.by_platform) as apart,
    commission <> fees.amount as fees_apart
  into o
  from shop_order,
    (select count(*) as n, coalesce(sum(gross), 0) as gross, coalesce(sum(shop_discount), 0) as by_shop,
       coalesce(sum(platform_discount), 0) as by_platform
     from order_line where order_id = of_order) as lines,
    (select coalesce(sum(amount), 0) as amount from order_fee where order_id = of_order) as fees
  where id = of_order;
  if not found then
    return;
  end if;
  if o.n = 0 or o.apart then
    raise exception 'order % is not the sum of its lines', o.number using errcode = 'check_violation', constraint = 'order_is_sum_of_lines';
  end if;
  if o.fees_apart then
    raise exception 'the commission of order % is not the sum of its fees', o.number
      using errcode = 'check_violation', constraint = 'order_commission_is_sum_of_fees';
  end if;
end $$;

create or replace function group_fits_its_orders(of_group uuid) returns void language plpgsql as $$
declare
  g record;
begin
  select orders.n = 0 or orders.total <> order_group.total or not orders.alike as apart,
    case order_group.state when 'awaiting_payment' then orders.waiting = orders.n when 'paid' then orders.waiting = 0
      else orders.cancelled = orders.n end as in_step
  into g
  from order_group, lateral (
    select coalesce(sum(total), 0) as total, count(*) as n, count(*) filter (where state = 'awaiting_payment') as waiting,
      count(*) filter (where state = 'cancelled') as cancelled,
      bool_and(currency = order_group.currency and account_id is not distinct from order_group.account_id) as alike
    from shop_order where group_id = order_group.id) as orders
  where order_group.id = of_group;
  if not found then
    return;
  end if;
  if g.apart then
    raise exception 'order group % is not the sum of its orders', of_group using errcode = 'check_violation', constraint = 'group_is_sum_of_orders';
  end if;
  if not g.in_step then
    raise exception 'order group % and its orders are out of step', of_group using errcode = 'check_violation', constraint = 'group_in_step_with_orders';
  end if;
end $$;
