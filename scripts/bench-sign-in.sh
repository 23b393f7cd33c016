#!/usr/bin/env bash
# How much longer pages take while passwords are checked: the same quiet load of home and product pages, first alone, then
# beside sign-ins that never stop. Each sign-in names another account and comes from another client, so that all of them
# reach the hasher; whoever is told that it is busy comes back after two seconds, as the answer asks.
#   SECONDS_EACH=10 ROUNDS=3 SIGN_INS=50 READERS=4 PASAR_BIN=… bench-sign-in.sh
set -euo pipefail
. "$(dirname "$0")/env.sh"
each="${SECONDS_EACH:-10}" rounds="${ROUNDS:-3}" sign_ins="${SIGN_INS:-50}" readers="${READERS:-4}"
[ -x "$PASAR_BIN" ] || { echo "bench-sign-in: run make bench-sign-in" >&2; exit 1; }

work="$(mktemp -d /tmp/pasar-bench-XXXXXX)"; chmod 755 "$work"
started=()
finish() { for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
site="127.0.0.1:$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')"

# Clients are told apart by a header that this machine, as a proxy, is believed.
PASAR_DATA="$work/data" PASAR_LISTEN="$site" PASAR_READ_RATE=0 PASAR_WRITE_RATE=0 PASAR_TRUSTED_PROXIES=127.0.0.1 \
  "$PASAR_BIN" serve --seed-if-empty >"$work/pasar.log" 2>&1 &
started+=($!)
for _ in $(seq 600); do curl -fs -o /dev/null "http://$site/readyz" && break; read -rt 0.1 <> <(:) || true; done
slug="$(curl -fs "http://$site/api/v1/products?limit=1" | grep -o '"slug":"[^"]*"' | head -n1 | cut -d'"' -f4 || true)"
[ -n "$slug" ] || { echo "bench-sign-in: there are no products" >&2; cat "$work/pasar.log" >&2; exit 1; }

cat >"$work/pages.lua" <<LUA
local paths, turn = { "/", "/p/$slug" }, 0
request = function() turn = turn % #paths + 1; return wrk.format("GET", paths[turn]) end
-- People read in between: what is measured is how long one waits, not how much is answered.
delay = function() return 20 end
LUA
cat >"$work/sign-ins.lua" <<'LUA'
local n, busy = 0, 0
request = function()
  n = n + 1
  local client = string.format("10.%d.%d.%d", math.floor(n / 65536) % 256, math.floor(n / 256) % 256, n % 256)
  local headers = { ["Content-Type"] = "application/json", ["X-Forwarded-For"] = client }
  local body = string.format('{"contact":"pembeli%d@mail.example","password":"lautan biru senja"}', n)
  return wrk.format("POST", "/api/v1/sessions", headers, body)
end
local checked, refused, other = 0, 0, 0
response = function(status)
  if status == 401 then checked = checked + 1
  elseif status == 503 then refused = refused + 1; busy = busy + 1
  else other = other + 1 end
  if (checked + refused + other) % 50 == 0 then
    local file = io.open(os.getenv("COUNTS"), "w")
    file:write(checked, " ", refused, " ", other, "\n"); file:close()
  end
end
delay = function()
  if busy > 0 then busy = busy - 1; return 2000 end
  return 0
end
LUA

# Prints the median and the 99th percentile in milliseconds.
load() {
  local out; out="$(wrk -t1 -c"$readers" -d"${each}s" --latency -s "$work/pages.lua" -H 'Accept: text/html' "http://$site/")"
  grep -q 'Non-2xx' <<<"$out" && { echo "bench-sign-in: some answers were errors" >&2; echo "$out" >&2; exit 1; }
  awk 'function ms(t) { return t ~ /us$/ ? t / 1000 : t ~ /ms$/ ? t + 0 : t * 1000 }
       $1 == "50%" {half = ms($2)} $1 == "99%" {most = ms($2)} END {printf "%.2f %.2f\n", half, most}' <<<"$out"
}
times() { awk "BEGIN {printf \"%.2f\", $1 / $2}"; }
middle() { printf '%s\n' "$@" | sort -n | sed -n "$(((rounds + 1) / 2))p"; }

echo "home and product pages for $readers readers, $each s each; $sign_ins sign-ins at a time"
load >/dev/null
printf '%-16s %10s %10s %12s %12s\n' '' 'p50 (ms)' 'p99 (ms)' 'p50 ratio' 'p99 ratio'
halves=() mosts=()
for _ in $(seq "$rounds"); do
  read -r idle_half idle_most < <(load); printf '%-16s %10s %10s\n' 'idle' "$idle_half" "$idle_most"
  : >"$work/counts"
  COUNTS="$work/counts" wrk -t1 -c"$sign_ins" -d"$((each + 3))s" --timeout 10s -s "$work/sign-ins.lua" "http://$site/" \
    >"$work/sign-ins.log" & flood=$!; started+=("$flood")
  read -rt 1 <> <(:) || true
  read -r half most < <(load); wait "$flood" || true
  halves+=("$(times "$half" "$idle_half")"); mosts+=("$(times "$most" "$idle_most")")
  printf '%-16s %10s %10s %12s %12s\n' 'beside sign-ins' "$half" "$most" "${halves[-1]}" "${mosts[-1]}"
  read -r checked refused other <"$work/counts" || true
  echo "  passwords checked: ${checked:-0}, told to come back: ${refused:-0}, answered otherwise: ${other:-0}"
  [ "${checked:-0}" -gt 0 ] || { echo "bench-sign-in: no password was checked" >&2; cat "$work/sign-ins.log" >&2; exit 1; }
done
echo "median ratios: p50 $(middle "${halves[@]}"), p99 $(middle "${mosts[@]}") (goal: at most 2)"
