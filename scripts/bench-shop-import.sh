#!/usr/bin/env bash
# How fast a shop's own file of goods is checked and taken over, through the API as its seller sends it, and how long shoppers
# wait for product pages meanwhile. The same quiet load of product pages runs alone first. The server, its own PostgreSQL and
# the load share this machine.
#   READERS=4 PASAR_BIN=… bench-shop-import.sh [ROWS]
set -euo pipefail
. "$(dirname "$0")/env.sh"
rows="${1:-100000}" readers="${READERS:-4}"
[ -x "$PASAR_BIN" ] || { echo "bench-shop-import: run make bench-shop-import" >&2; exit 1; }

work="$(mktemp -d /tmp/pasar-bench-XXXXXX)"; chmod 755 "$work"
server=
finish() { [ -z "$server" ] || { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }; rm -rf "$work"; }
trap finish EXIT
site="127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"
wait_a_little() { read -rt 0.2 <> <(:) || true; }

PASAR_DATA="$work/data" PASAR_LISTEN="$site" PASAR_READ_RATE=0 PASAR_WRITE_RATE=0 \
  "$PASAR_BIN" serve --seed-if-empty >"$work/pasar.log" 2>&1 &
server=$!
for _ in $(seq 600); do curl -fs -o /dev/null "http://$site/readyz" && break; wait_a_little; done

seller=seller@pasar.example
password="$(sed -n "s/.*Sign in as $seller with the password \([^ ]*\).*/\1/p" "$work/pasar.log" | head -n1)"
field() { python3 -c 'import json, sys; print(json.load(sys.stdin).get(sys.argv[1]))' "$1"; }
token="$(curl -fs -H 'content-type: application/json' -d "{\"contact\":\"$seller\",\"password\":\"$password\"}" "http://$site/api/v1/sessions" | field token)"
ask() { curl -fsS -H "authorization: Bearer $token" "$@"; }
shop="$(ask "http://$site/api/v1/seller/shops" | python3 -c 'import json, sys; print(json.load(sys.stdin)["items"][0]["slug"])')"
imports="http://$site/api/v1/seller/shops/$shop/products/imports"

slugs="$(curl -fs "http://$site/api/v1/products?limit=20" | grep -o '"slug":"[^"]*"' | cut -d'"' -f4 | sort -u)"
{ printf 'local paths = {'; for slug in $slugs; do printf '"/p/%s",' "$slug"; done; printf '}\n'
  cat <<'LUA'
local turn = 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
-- People read in between: what is measured is how long one waits, not how much is answered.
delay = function() return 20 end
done = function(_, latency) print(string.format("p %.2f %.2f", latency:percentile(50) / 1000, latency:percentile(95) / 1000)) end
LUA
} >"$work/pages.lua"
# Prints the median and the 95th percentile in milliseconds.
load() { # seconds
  local out; out="$(wrk -t1 -c"$readers" -d"${1}s" -s "$work/pages.lua" -H 'Accept: text/html' "http://$site/")"
  grep -q 'Non-2xx' <<<"$out" && { echo "bench-shop-import: some answers were errors" >&2; echo "$out" >&2; exit 1; }
  sed -n 's/^p //p' <<<"$out"
}
memory() { awk '/VmHWM/ {printf "%d", $2 / 1024}' "/proc/$server/status"; }

python3 - "$rows" >"$work/goods.csv" <<'PY'
import sys
kinds = ["fashion-pria", "fashion-wanita", "buku", "kamera", "komputer-laptop", "olahraga"]
print("sku,name,category,price,stock,weight,description")
for n in range(int(sys.argv[1])):
    kind = kinds[n % len(kinds)]
    print(f"UJI-{n},Barang Uji Nomor {n} {kind},{kind},{10_000 + n % 900 * 500},{n % 50},{200 + n % 40 * 10},Dikirim dari gudang sendiri dalam sehari.")
PY
echo "$rows rows, product pages for $readers readers; $(du -m "$work/goods.csv" | cut -f1) MiB"
load 3 >/dev/null
read -r half most < <(load 10)
printf '%-14s %9s %9s %10s %10s\n' '' 'seconds' 'rows/s' 'p50 (ms)' 'p95 (ms)'
printf '%-14s %9s %9s %10s %10s\n' 'pages alone' '' '' "$half" "$most"

# Loads pages a few seconds at a time until the file is in this state, and prints the worst of each.
run() { # what, wanted state
  local began half most worst_half=0 worst=0 state took
  began="$(date +%s.%N)"; : >"$work/loads"
  ( while [ ! -e "$work/over" ]; do load 2 >>"$work/loads"; done ) &
  local pages=$!
  while :; do
    state="$(ask "$imports/$id" | field state)"
    [ "$state" != "$2" ] || break
    case "$state" in checking | taking_over) wait_a_little ;; *) echo "bench-shop-import: the file is $state" >&2; exit 1 ;; esac
  done
  took="$(awk "BEGIN {printf \"%.1f\", $(date +%s.%N) - $began}")"
  : >"$work/over"; wait "$pages"; rm "$work/over"
  while read -r half most; do
    worst_half="$(awk "BEGIN {print ($half > $worst_half) ? $half : $worst_half}")"
    worst="$(awk "BEGIN {print ($most > $worst) ? $most : $worst}")"
  done <"$work/loads"
  printf '%-14s %9s %9s %10s %10s\n' "$1" "$took" "$(awk "BEGIN {printf \"%.0f\", $rows / $took}")" "$worst_half" "$worst"
}
id="$(ask -H 'content-type: application/octet-stream' --data-binary "@$work/goods.csv" "$imports?file_name=goods.csv" | field id)"
run 'checked' checked
ask -X POST -o /dev/null "$imports/$id/take-over"
run 'taken over' done
read -r new bad < <(ask "$imports/$id" | python3 -c 'import json, sys; told = json.load(sys.stdin); print(told["new"], told["bad"])')
[ "$new" -eq "$rows" ] && [ "$bad" -eq 0 ] || { echo "bench-shop-import: $new rows came in, $bad were bad" >&2; exit 1; }
echo "most memory of the server: $(memory) MiB (goal: taken over at 2000 rows/s; p50 and p95 are the worst of all two seconds)"
