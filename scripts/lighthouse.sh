#!/usr/bin/env bash
# Lighthouse on the release binary with the demo data (or on BASE_URL). It is brought from npm the first time.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT/bench/lighthouse"
home="$PASAR_CACHE/lighthouse"
if ! cmp -s package-lock.json "$home/installed.json"; then
  echo "lighthouse: bringing it from npm (about a minute)"
  mkdir -p "$home"; cp package.json package-lock.json "$home/"
  (cd "$home" && npm install --no-fund --no-audit --loglevel=error)
  cp package-lock.json "$home/installed.json"
fi
ln -sfn "$home/node_modules" node_modules
CHROMIUM="${CHROMIUM:-$(command -v chromium || command -v google-chrome || command -v chromium-browser)}"; export CHROMIUM

if [ -z "${BASE_URL:-}" ]; then
  # Started by root, the embedded PostgreSQL runs as another user, who must be able to reach the folder.
  data="$(mktemp -d /tmp/pasar-lighthouse-XXXXXX)"; chmod 755 "$data"
  port="$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')"
  BASE_URL="http://127.0.0.1:$port"
  echo "lighthouse: starting the server with the demo data (about half a minute)"
  env -u DATABASE_URL PASAR_DATA="$data" PASAR_LISTEN="127.0.0.1:$port" PASAR_PUBLIC_URL="$BASE_URL" PASAR_READ_RATE=0 \
    "$PASAR_BIN" serve --seed-if-empty >"$data.log" 2>&1 &
  server=$!
  finish() { kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$data" "$data.log"; }
  trap finish EXIT
  until curl -sf -o /dev/null "$BASE_URL/readyz"; do
    kill -0 "$server" 2>/dev/null || { tail -n 20 "$data.log" >&2; exit 1; }
    sleep 0.3
  done
fi
node run.mjs "$BASE_URL"
