#!/usr/bin/env bash
# Runs a command with DATABASE_URL set to an empty PostgreSQL that lives only as long as the command does.
set -euo pipefail
. "$(dirname "$0")/env.sh"
bin="${PASAR_PG_BIN:-}"
if [ -z "$bin" ] && command -v initdb >/dev/null; then bin="$(dirname "$(readlink -f "$(command -v initdb)")")"; fi
if [ -z "$bin" ]; then bin="$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n1)"; fi
[ -x "$bin/postgres" ] || { echo "with-postgres: no PostgreSQL found; run scripts/setup.sh" >&2; exit 1; }

folder="$(mktemp -d /tmp/pasar-test-XXXXXX)"
chmod 755 "$folder"
as=()
if [ "$(id -u)" = 0 ]; then
  user=postgres; id "$user" >/dev/null 2>&1 || user=nobody
  chown "$user" "$folder"
  as=(setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups env HOME="$folder")
fi
port="$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null \
  || node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')"
cd "$folder"
"${as[@]}" "$bin/initdb" -D "$folder/data" -A trust -U postgres -E UTF8 --locale=C.UTF-8 >/dev/null
# Not through a function: the process in the background must be PostgreSQL itself, to be stopped at the end.
"${as[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" -c listen_addresses=127.0.0.1 -c fsync=off \
  -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c jit=off >"$folder/log" 2>&1 &
server=$!
finish() { kill -QUIT "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"; }
trap finish EXIT
until grep -qs 'ready to accept connections' "$folder/log"; do
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done
export DATABASE_URL="postgres://postgres@127.0.0.1:$port/postgres"
cd "$PASAR_ROOT"
"$@"
