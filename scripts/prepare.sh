#!/usr/bin/env bash
# Writes .sqlx: every query! checked against a fresh database with all migrations applied.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
if [ "${1:-}" != inside ]; then exec scripts/with-postgres.sh "$0" inside; fi
for file in migrations/*.sql; do psql -q -v ON_ERROR_STOP=1 "$DATABASE_URL" -f "$file" >/dev/null; done
exec 8>"$PASAR_CACHE/cargo.lock"; flock 8
rm -rf .sqlx.partial; mkdir .sqlx.partial
# A separate target folder would build everything again; touching is enough to have the macros run again.
grep -rlE 'query(_as|_scalar|_file|_unchecked)?!' server --include='*.rs' | xargs -r touch
SQLX_OFFLINE=false SQLX_OFFLINE_DIR="$PASAR_ROOT/.sqlx.partial" cargo check --quiet --workspace --exclude frontend --all-targets
rm -rf .sqlx; mv .sqlx.partial .sqlx
echo "prepare: $(find .sqlx -type f | wc -l) queries"
