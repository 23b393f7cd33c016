#!/usr/bin/env bash
# Debug build, rebuilt and reloaded in the browser at every save.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
export PASAR_SITE="$PASAR_ROOT/target/site-dev"
LEPTOS_SITE_ROOT="$PASAR_SITE" SQLX_OFFLINE=true exec cargo leptos watch -- serve --seed-if-empty
