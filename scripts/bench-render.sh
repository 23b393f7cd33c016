#!/usr/bin/env bash
# Product pages per second beside a bare axum handler that answers with the same bytes: both servers run at once, load
# goes to them in turns, and each turn's ratio is printed. Pages are rendered anew each time; nothing caches them.
#   SECONDS_EACH=5 ROUNDS=3 CONNECTIONS=16 PAGES=20 PASAR_BIN=… bench-render.sh
set -euo pipefail
. "$(dirname "$0")/env.sh"
each="${SECONDS_EACH:-5}" rounds="${ROUNDS:-3}" connections="${CONNECTIONS:-16}" pages="${PAGES:-20}"
bare="$CARGO_TARGET_DIR/release/bare"
[ -x "$PASAR_BIN" ] && [ -x "$bare" ] || { echo "bench-render: run make bench-render" >&2; exit 1; }

work="$(mktemp -d /tmp/pasar-bench-XXXXXX)"; chmod 755 "$work"; mkdir "$work/pages"
servers=()
finish() { for pid in "${servers[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
free_port() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }
site="127.0.0.1:$(free_port)" plain="127.0.0.1:$(free_port)"
up() { for _ in $(seq 600); do curl -fs -o /dev/null "$1" && return; read -rt 0.1 <> <(:) || true; done; cat "$work"/*.log >&2; exit 1; }

# No limits per client, since all of the load is one client.
PASAR_DATA="$work/data" PASAR_LISTEN="$site" PASAR_READ_RATE=0 PASAR_WRITE_RATE=0 \
  "$PASAR_BIN" serve --seed-if-empty >"$work/pasar.log" 2>&1 &
servers+=($!)
up "http://$site/readyz"
slugs="$(curl -fs "http://$site/api/v1/products?limit=$pages" | grep -o '"slug":"[^"]*"' | cut -d'"' -f4 | sort -u || true)"
kept=()
for slug in $slugs; do
  if curl -fs -H 'accept: text/html' -o "$work/pages/$slug" "http://$site/p/$slug"; then kept+=("$slug"); else rm -f "$work/pages/$slug"; fi
  [ "${#kept[@]}" -lt "$pages" ] || break
done
[ "${#kept[@]}" -gt 0 ] || { echo "bench-render: there are no product pages" >&2; exit 1; }
"$bare" "$plain" "$work/pages" >"$work/bare.log" 2>&1 &
servers+=($!)
up "http://$plain/p/${kept[0]}"

{ printf 'local paths = {'; printf '"/p/%s",' "${kept[@]}"; printf '}\n'
  cat <<'LUA'
local turn = 0
request = function()
  turn = turn % #paths + 1
  return wrk.format("GET", paths[turn])
end
LUA
} >"$work/paths.lua"

# Prints requests per second, the median and the 99th percentile of the latency.
load() { # address, further headers
  local out; out="$(wrk -t1 -c"$connections" -d"${each}s" --latency -s "$work/paths.lua" -H 'Accept: text/html' "${@:2}" "http://$1/")"
  grep -q 'Non-2xx' <<<"$out" && { echo "bench-render: some answers were errors" >&2; echo "$out" >&2; exit 1; }
  awk '/Requests\/sec/ {rate = $2} $1 == "50%" {half = $2} $1 == "99%" {most = $2} END {print rate, half, most}' <<<"$out"
}
size="$(cat "$work"/pages/* | wc -c)"
echo "${#kept[@]} product pages of $((size / ${#kept[@]})) bytes on average, $connections connections, $each s each"
load "$site" >/dev/null; load "$plain" >/dev/null
printf '%-14s %10s %9s %9s %8s\n' '' 'per second' 'p50' 'p99' 'ratio'
ratios=()
for _ in $(seq "$rounds"); do
  read -r bare_rate half most < <(load "$plain"); printf '%-14s %10s %9s %9s\n' 'bare handler' "$bare_rate" "$half" "$most"
  read -r rate half most < <(load "$site")
  ratio="$(awk "BEGIN {printf \"%.1f\", 100 * $rate / $bare_rate}")"; ratios+=("$ratio")
  printf '%-14s %10s %9s %9s %7s%%\n' 'product page' "$rate" "$half" "$most" "$ratio"
done
read -r rate half most < <(load "$site" -H 'Accept-Encoding: br'); printf '%-14s %10s %9s %9s\n' 'with brotli' "$rate" "$half" "$most"
echo "median ratio: $(printf '%s\n' "${ratios[@]}" | sort -n | sed -n "$(((rounds + 1) / 2))p") %"
