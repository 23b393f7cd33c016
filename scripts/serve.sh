#!/usr/bin/env bash
# Fills the demo data where the market is empty, then serves until Ctrl-C.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
exec "$PASAR_BIN" serve --seed-if-empty "$@"
