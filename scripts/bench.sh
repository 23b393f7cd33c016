#!/usr/bin/env bash
# bench.sh relevance LISTINGS.csv | bench.sh scale N | bench.sh import N [LISTINGS.csv REVIEWS.csv] | bench.sh render
# bench.sh sign-in | bench.sh checkout | bench.sh shop-import N | bench.sh orders FEW MANY
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
case "${1:-}" in
  relevance) [ -n "${2:-}" ] || { echo "usage: make bench-relevance FILE=listings.csv" >&2; exit 2; }
    exec scripts/with-postgres.sh scripts/cargo run --quiet --release -p search --example relevance -- "$2" bench/relevance/*.csv ;;
  scale) exec scripts/cargo run --quiet --release -p search --example scale -- "${2:-1000000}" ;;
  import) shift
    SQLX_OFFLINE=true scripts/cargo build --quiet --release -p pasar --example import
    PASAR_DATA="$(mktemp -d /tmp/pasar-bench-XXXXXX)"; export PASAR_DATA; chmod 755 "$PASAR_DATA"
    trap 'rm -rf "$PASAR_DATA"' EXIT
    "$CARGO_TARGET_DIR/release/examples/import" "${@:-100000}" ;;
  render) shift
    scripts/cargo build --quiet --release -p load
    exec scripts/bench-render.sh "$@" ;;
  sign-in) shift
    exec scripts/bench-sign-in.sh "$@" ;;
  checkout) shift
    scripts/cargo build --quiet --release -p load
    exec scripts/bench-checkout.sh "$@" ;;
  shop-import) shift
    exec scripts/bench-shop-import.sh "$@" ;;
  orders) shift
    SQLX_OFFLINE=true scripts/cargo build --quiet --release -p pasar --example orders
    PASAR_DATA="$(mktemp -d /tmp/pasar-bench-XXXXXX)"; export PASAR_DATA; chmod 755 "$PASAR_DATA"
    trap 'rm -rf "$PASAR_DATA"' EXIT
    "$CARGO_TARGET_DIR/release/examples/orders" "$@" ;;
  *) echo "usage: bench.sh relevance FILE | scale N | import N [LISTINGS REVIEWS] | render | sign-in | checkout | shop-import N | orders FEW MANY" >&2; exit 2 ;;
esac
