#!/usr/bin/env bash
# dist/: everything a server needs, and nothing else.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT"
rm -rf dist.partial; mkdir dist.partial
cp "$PASAR_BIN" "$(dirname "$PASAR_BIN")"/{hash.txt,desk-hash.txt} dist.partial/
cp -r "$PASAR_SITE" dist.partial/site
cp Leptos.toml LICENSE README.md deploy/pasar.service dist.partial/
rm -rf dist; mv dist.partial dist
echo "release: dist/ is ready ($(du -sh dist | cut -f1)); start it with: cd dist && ./pasar serve"
