#!/usr/bin/env bash
# Unit and database tests, on a PostgreSQL of their own that is thrown away afterwards. Arguments go to cargo test.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
exec 8>"$PASAR_CACHE/cargo.lock"; flock 8
echo "test: unit and database tests"
# With `--workspace`, cargo would take no notice of the packages that are named.
which=(--workspace --exclude frontend)
case " $*" in *" -p"* | *" --package"*) which=() ;; esac
SQLX_OFFLINE=true scripts/with-postgres.sh cargo test --quiet "${which[@]}" "$@"
