#!/usr/bin/env bash
# bench.sh relevance LISTINGS.csv | bench.sh scale N
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
case "${1:-}" in
  relevance) [ -n "${2:-}" ] || { echo "usage: make bench-relevance FILE=listings.csv" >&2; exit 2; }
    exec scripts/with-postgres.sh scripts/cargo run --quiet --release -p search --example relevance -- "$2" bench/relevance/*.csv ;;
  scale) exec scripts/cargo run --quiet --release -p search --example scale -- "${2:-1000000}" ;;
  *) echo "usage: bench.sh relevance FILE | scale N" >&2; exit 2 ;;
esac
