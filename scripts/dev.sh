#!/usr/bin/env bash
# Debug build, rebuilt and reloaded in the browser at every save.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
export PASAR_SITE="$PASAR_ROOT/target/site-dev"
echo "dev: building without optimisation (the first time five to ten minutes on two cores); pages reload at every save"
# Names without hashes, as a debug build of the server expects them; what stops for a rebuild need not wait long.
exec env -u DATABASE_URL SQLX_OFFLINE=true LEPTOS_SITE_ROOT="$PASAR_SITE" LEPTOS_HASH_FILES=false \
  LEPTOS_SITE_ADDR="${PASAR_LISTEN:-127.0.0.1:3000}" PASAR_SHUTDOWN_GRACE="${PASAR_SHUTDOWN_GRACE:-3}" \
  cargo leptos watch --project pasar --lib-features desk -- serve --seed-if-empty
