# Sourced by setup.sh: psql, with which `make prepare` applies the migrations and journeys turn the clock. npm's PostgreSQL
# comes without.
# shellcheck shell=bash

if ! command -v psql >/dev/null; then
  say "installing psql (a few seconds)"; t=$SECONDS
  need_debs psql postgresql-client
  # Debian's starter, which chooses among versions, names absolute paths.
  for found in "$PASAR_DEBS"/psql/usr/lib/postgresql/*/bin/psql; do
    [ -x "$found" ] && ln -sf "../${found#"$PASAR_DEBS/psql/usr/"}" "$PASAR_DEBS/psql/usr/bin/psql"
  done
  hash -r; psql --version >/dev/null || fail "psql is needed"; done_in $t
fi
