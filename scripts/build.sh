#!/usr/bin/env bash
# Builds the release binary and the site, unless nothing has changed since the last time.
# PASAR_FEATURES=otlp switches on a feature of the binary.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
export LEPTOS_SITE_ROOT="$PASAR_SITE"
stamp="$PASAR_BIN.stamp"
sources() { find Cargo.toml Cargo.lock .cargo .sqlx app frontend server style public migrations scripts/build.sh scripts/precompress.mjs -type f -not -path '*/node_modules/*' -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum; }
now="$(sources) $("${RUSTC:-rustc}" -vV | sha256sum) ${PASAR_FEATURES:-}"
if [ -x "$PASAR_BIN" ] && [ -f "$PASAR_SITE/pkg/built" ] && [ "$(cat "$stamp" 2>/dev/null)" = "$now" ]; then exit 0; fi

echo "build: server and site (the first time twenty to thirty minutes on two cores, after that three to fifteen)"
started=$SECONDS
rm -f "$stamp" "$PASAR_SITE/pkg/built"
exec 8>"$PASAR_CACHE/cargo.lock"; flock 8
rm -rf "$PASAR_SITE/pkg"
# Queries are checked against the committed .sqlx, not against whatever DATABASE_URL points to.
# Building a half empties the folder of its site, so each has one.
rm -rf "$PASAR_SITE-desk"
env SQLX_OFFLINE=true LEPTOS_SITE_ROOT="$PASAR_SITE-desk" cargo leptos build --project desk --release --split --frontend-only
env -u DATABASE_URL SQLX_OFFLINE=true cargo leptos build --project pasar --release --split ${PASAR_FEATURES:+--bin-features "$PASAR_FEATURES"}
mkdir -p "$PASAR_SITE/pkg"
mv "$PASAR_SITE-desk/pkg/desk" "$PASAR_SITE/pkg/desk"
rm -rf "$PASAR_SITE-desk" "$PASAR_SITE"/pkg/desk/pasar.*.css
node scripts/precompress.mjs "$PASAR_SITE"
touch "$PASAR_SITE/pkg/built"
echo "$now" >"$stamp"
echo "build: done in $((SECONDS - started)) s"
