-- What an order is found by: its number, and whom it goes to. Three letters each, so that a part of them is found by an
-- index, and whose order it is, since each shop looks among its own. Written once a shop has taken an order on, or it has
-- ended after it was paid, so that nobody who buys waits for it; those that wait to be taken on are few, and looked through.
-- What was never paid no shop sees. What is personal in it goes when the order forgets it.
create table order_words (
  order_id uuid primary key references shop_order (id),
  words text[] not null
);

create function threes(said text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct substr(lower(said), i, 3)), '{}') from generate_series(1, length(said) - 2) as i
$$;

-- As a shop looks for them.
create function words_of_order(shop uuid, number text, recipient text) returns text[] language sql immutable parallel safe as $$
  select array[shop::text] || threes(number) || threes(coalesce(recipient, ''))
$$;

create function order_is_worded() returns trigger language plpgsql as $$
begin
  insert into order_words (order_id, words) values (new.id, words_of_order(new.shop_id, new.number, new.recipient))
  on conflict (order_id) do update set words = excluded.words;
  return null;
end $$;
create trigger shop_order_worded after update of state on shop_order for each row
  when (new.cleared_at is not null and old.state in ('awaiting_payment', 'paid')
    and new.state not in ('awaiting_payment', 'paid'))
  execute function order_is_worded();
create trigger shop_order_reworded after update of shop_id, number, recipient on shop_order for each row
  when (new.cleared_at is not null and new.state not in ('awaiting_payment', 'paid')
    and (old.shop_id, old.number, old.recipient) is distinct from (new.shop_id, new.number, new.recipient))
  execute function order_is_worded();
-- As one that is taken over from elsewhere.
create trigger shop_order_began_worded after insert on shop_order for each row
  when (new.cleared_at is not null and new.state not in ('awaiting_payment', 'paid'))
  execute function order_is_worded();

insert into order_words (order_id, words)
  select id, words_of_order(shop_id, number, recipient) from shop_order
  where cleared_at is not null and state not in ('awaiting_payment', 'paid');
-- At once, and not when many have gathered: nobody waits for the words of others.
create index order_words_found on order_words using gin (words) with (fastupdate = off);
analyze order_words;
