# Sourced by setup.sh: pgbench, beside which checkouts are measured, and psql. Unpacked rather than installed, since the
# package that has it starts a server of its own.
# shellcheck shell=bash

if ! compgen -G '/usr/lib/postgresql/*/bin/pgbench' >/dev/null && ! compgen -G "$PASAR_DEBS/pgbench/usr/bin/pgbench" >/dev/null; then
  say "unpacking pgbench (a few seconds)"; t=$SECONDS
  command -v apt-get >/dev/null || fail "this machine has no apt-get; please install pgbench by hand"
  unpack_debs pgbench postgresql postgresql-client
  for name in pgbench psql; do
    for found in "$PASAR_DEBS"/pgbench/usr/lib/postgresql/*/bin/"$name"; do
      [ -x "$found" ] && ln -sf "../${found#"$PASAR_DEBS/pgbench/usr/"}" "$PASAR_DEBS/pgbench/usr/bin/$name"
    done
  done
  hash -r; "$PASAR_DEBS/pgbench/usr/bin/pgbench" --version >/dev/null || fail "pgbench is needed"; done_in $t
fi
