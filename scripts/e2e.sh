#!/usr/bin/env bash
# The browser journeys, against the release binary on a data folder of their own. Arguments go to Playwright.
set -euo pipefail
. "$(dirname "$0")/env.sh"
cd "$PASAR_ROOT/end2end"
env -u DATABASE_URL npx --no-install playwright test "$@"
