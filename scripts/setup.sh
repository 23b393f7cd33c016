#!/usr/bin/env bash
# Finds or installs what a build needs. Safe to interrupt and to repeat; a second run takes under a second.
#   scripts/setup.sh          compiler, cargo-leptos, wasm-bindgen, Tailwind, wasm-opt, PostgreSQL
#   scripts/setup.sh browser  the above, and for the end-to-end tests Chromium, and psql, with which they turn the clock
#   scripts/setup.sh psql     the first, and psql
#   scripts/setup.sh bench    the first, and wrk, which makes load
#   scripts/setup.sh pgbench  the first, and pgbench, which writes what the server writes
# As root (or with sudo that asks for no password) Debian packages are installed; for anyone else they are unpacked
# into the cache, and nothing outside of it is touched but rustup's own folders.
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
mkdir -p "$PASAR_CACHE/tools"

say() { printf '\033[1;32mset-up\033[0m %s\n' "$*"; }
done_in() { say "  done in $((SECONDS - $1)) s"; }
fail() { printf '\033[1;31mset-up failed\033[0m %s\n' "$*" >&2; exit 1; }
# Said through a descriptor of its own, since what is interrupted may be writing to a file.
exec 3>&1
trap 'say "interrupted; the same command goes on where this one stopped" >&3; exit 130' INT TERM

# One set-up at a time: a second one waits for the first instead of trampling on it.
exec 9>"$PASAR_CACHE/setup.lock"
if ! flock -n 9; then
  say "another one is running, waiting for it"
  flock 9
fi

started=$SECONDS
case "${1:-}" in browser) more="chromium psql" ;; psql) more=psql ;; bench) more=wrk ;; pgbench) more=pgbench ;; *) more= ;; esac
for part in debs compiler rust tools node postgres $more; do
  # shellcheck source=/dev/null
  . "$PASAR_ROOT/scripts/setup/$part.sh"
done
[ $((SECONDS - started)) -lt 3 ] || say "everything is in place ($((SECONDS - started)) s)"
