#!/usr/bin/env bash
# Formatting and lints, of the server's half and of the browser's.
#   scripts/check.sh but-server   not of the server's, where its tests are built next: scripts/test.sh lints what it builds
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
exec 8>"$PASAR_CACHE/cargo.lock"; flock 8
step() { echo "check: $*"; }
step "formatting"
cargo fmt --all --check
if [ "${1:-}" != but-server ]; then
  step "lints, server"
  env -u DATABASE_URL SQLX_OFFLINE=true cargo clippy --quiet --workspace --all-targets --exclude frontend -- -D warnings
fi
step "lints, browser"
for half in shop desk; do
  cargo clippy --quiet -p frontend --features "$half" --target wasm32-unknown-unknown -- -D warnings
done
if cargo deny --version >/dev/null 2>&1; then
  step "licences and sources of dependencies"
  cargo deny --offline check licenses bans sources
fi
if command -v shellcheck >/dev/null; then step "shell scripts"; shellcheck --severity=warning scripts/*.sh scripts/setup/*.sh; fi
