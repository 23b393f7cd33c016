#!/usr/bin/env bash
# Whole checkouts of guests per second (two things from two shops, contact, address, way to pay, placed, paid at the
# simulated bank, told by its webhook) through the API, beside what pgbench reaches with the same writes in the same
# database: in turns, and each turn's ratio is printed. The server and its own PostgreSQL share this machine with the load.
#   SECONDS_EACH=15 ROUNDS=3 CLIENTS=16 PASAR_BIN=… BENCH_BIN=… bench-checkout.sh
set -euo pipefail
. "$(dirname "$0")/env.sh"
each="${SECONDS_EACH:-15}" rounds="${ROUNDS:-3}" clients="${CLIENTS:-16}"
load="${BENCH_BIN:-$CARGO_TARGET_DIR/release/checkout}"
[ -x "$PASAR_BIN" ] && [ -x "$load" ] || { echo "bench-checkout: run make bench-checkout" >&2; exit 1; }
pgbench="$(compgen -G '/usr/lib/postgresql/*/bin/pgbench' | sort -V | tail -n1 || true)"
pgbench="${pgbench:-$(command -v pgbench || true)}"
[ -x "$pgbench" ] || { echo "bench-checkout: pgbench is needed; run scripts/setup.sh pgbench" >&2; exit 1; }

work="$(mktemp -d /tmp/pasar-bench-XXXXXX)"; chmod 755 "$work"
server=
finish() { [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }; rm -rf "$work"; }
trap finish EXIT
site="127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"

# No limits per client, since all of the load is one client; one line of log for what goes wrong.
env -u DATABASE_URL PASAR_DATA="$work/data" PASAR_LISTEN="$site" PASAR_READ_RATE=0 PASAR_WRITE_RATE=0 PASAR_LOG=warn \
  "$PASAR_BIN" serve --seed-if-empty >"$work/pasar.log" 2>&1 &
server=$!
for _ in $(seq 1200); do curl -fs -o /dev/null "http://$site/readyz" && break; read -rt 0.1 <> <(:) || true; done
db=(-h "$work/data/run" -p 5432 -U pasar)
sql() { psql "${db[@]}" -d pasar -qXAt -v ON_ERROR_STOP=1 "$@"; }

# Fifty things of each of the two shops that have most, none of them scarce or in a sale.
sql >"$work/ids" <<'SQL'
create schema bench;
create table bench.goods as
  with sold as (
    select variant.id as variant, product.id as product, product.shop_id as shop, warehouse_id as warehouse,
      row_number() over (partition by product.shop_id order by variant.id) as n,
      count(*) over (partition by product.shop_id) as many
    from variant join product on product.id = variant.product_id join stock on stock.variant_id = variant.id
    where product.state = 'active' and product.min_qty = 1 and product.preorder_days is null and variant.price < 1000000
      and not exists (select from flash_item where variant_id = variant.id)
  ), shops as (select shop, row_number() over (order by max(many) desc, shop) as side from sold group by shop)
  select n, side, variant, product, shop, warehouse from sold join shops using (shop) where side <= 2 and n <= 50;
create unique index on bench.goods (side, n);
insert into stock_movement (variant_id, warehouse_id, kind, on_hand_delta, reserved_delta, at)
  select variant, warehouse, 'counted', 1000000, 0, now() from bench.goods;
update stock set on_hand = on_hand + 1000000 from bench.goods where variant_id = variant and warehouse_id = warehouse;
update variant set on_hand = on_hand + 1000000 from bench.goods where id = variant;
select a.variant || ' ' || b.variant from bench.goods as a join bench.goods as b on b.side = 2 and b.n = a.n where a.side = 1;
SQL
goods="$(wc -l <"$work/ids")"
[ "$goods" -gt 0 ] || { echo "bench-checkout: there is nothing to buy" >&2; exit 1; }

# Prints checkouts per second, the median and the 99th percentile of how long one takes.
checkouts() { # seconds
  local before after many took half most
  before="$(sql -c "select count(*) from order_group where state = 'paid'")"
  read -r many took half most < <("$load" "$site" "$clients" "$1" gopay "$work/ids")
  for _ in $(seq 200); do
    after="$(sql -c "select count(*) from order_group where state = 'paid'")"
    [ $((after - before)) -ge "$many" ] && break; read -rt 0.1 <> <(:) || true
  done
  # Letters and what else follows is not to be in the way of the next turn.
  for _ in $(seq 1200); do
    [ "$(sql -c "select count(*) from job where state = 'running' or (state = 'waiting' and due <= now())")" -eq 0 ] && break
    read -rt 0.1 <> <(:) || true
  done
  [ $((after - before)) -eq "$many" ] || { echo "bench-checkout: $many were bought, $((after - before)) are paid" >&2; tail "$work/pasar.log" >&2; exit 1; }
  awk "BEGIN {printf \"%.1f %s %s\n\", $many / $took, \"$half\", \"$most\"}"
}
# With the costs that the server tells its own connections (kernel::db::session).
writes() { # seconds
  PGOPTIONS='-c seq_page_cost=0.1 -c random_page_cost=0.1' "$pgbench" "${db[@]}" -n -M prepared -c "$clients" -j 2 -T "$1" -D goods="$goods" -f "$PASAR_ROOT/bench/checkout/writes.sql" pasar 2>"$work/pgbench.log" \
    | awk '/^latency average/ {late = $4} /^tps/ {rate = $3} END {printf "%.1f %.1f\n", rate, late}'
}

echo "guests' checkouts of two things, $clients at a time, $each s each"
checkouts 3 >/dev/null; writes 3 >/dev/null || { cat "$work/pgbench.log" >&2; exit 1; }
printf '%-18s %10s %10s %10s %8s\n' '' 'per second' 'p50 (ms)' 'p99 (ms)' 'ratio'
ratios=() rates=()
for _ in $(seq "$rounds"); do
  read -r most_rate late < <(writes "$each"); printf '%-18s %10s %10s\n' 'pgbench, writes' "$most_rate" "$late"
  read -r rate half most < <(checkouts "$each")
  ratio="$(awk "BEGIN {printf \"%.1f\", 100 * $rate / $most_rate}")"; ratios+=("$ratio"); rates+=("$rate")
  printf '%-18s %10s %10s %10s %7s%%\n' 'checkouts' "$rate" "$half" "$most" "$ratio"
done
middle() { printf '%s\n' "$@" | sort -n | sed -n "$(((rounds + 1) / 2))p"; }
echo "median: $(middle "${rates[@]}") checkouts per second (goal: 100), $(middle "${ratios[@]}") % of the writes alone (goal: 40 %)"
