#!/usr/bin/env bash
# Unit and database tests, on a PostgreSQL of their own that is thrown away afterwards. Arguments go to cargo test.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
exec 8>"$PASAR_CACHE/cargo.lock"; flock 8
export SQLX_OFFLINE=true
if [ $# -gt 0 ]; then
  echo "test: unit and database tests"
  # With `--workspace`, cargo would take no notice of the packages that are named.
  which=(--workspace --exclude frontend)
  case " $*" in *" -p"* | *" --package"*) which=() ;; esac
  exec scripts/with-postgres.sh cargo test --quiet "${which[@]}" "$@"
fi

# As `cargo clippy` has it done, but what is linted is built as well: everything that is used is compiled once instead of
# twice.
RUSTC_WORKSPACE_WRAPPER="$(command -v clippy-driver)"
export RUSTC_WORKSPACE_WRAPPER CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
echo "test: building and linting unit and database tests"
built="$(mktemp)"
trap 'rm -f "$built"' EXIT
cargo test --quiet --workspace --exclude frontend --no-run --message-format=json-render-diagnostics >"$built"
echo "test: unit and database tests"
# Every new database is a copy of this one, so that what tests begin with is written once and not by each of them.
# shellcheck disable=SC2016
scripts/with-postgres.sh bash -ec '
  DATABASE_URL="${DATABASE_URL%/*}/template1" "$1/debug/pasar" migrate >/dev/null
  node scripts/run-tests.mjs <"$2"' - "$CARGO_TARGET_DIR" "$built" 8>&-
echo "test: examples in the documentation"
cargo test --quiet --workspace --exclude frontend --doc
