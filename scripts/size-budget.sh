#!/usr/bin/env bash
# Fails when the wasm and JavaScript that a storefront page loads grow past the budget, in brotli. The goal is 250 KB;
# until it is reached the budget is what there is, and a little room.
#   scripts/size-budget.sh [site folder]
set -euo pipefail
# shellcheck source=scripts/env.sh
. "$(dirname "$0")/env.sh"
budget=$((440 * 1024))
exec node - "${1:-$PASAR_SITE}/pkg" "$budget" <<'JS'
const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { brotliCompressSync, constants } = require("node:zlib");
const [folder, budget] = [process.argv[2], Number(process.argv[3])];

const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;
// Chunks split off for other areas (seller centre, back office, account) are loaded when those are opened.
const lazy = /^(split|chunk)_.*\.wasm$/;

const files = existsSync(folder)
  ? readdirSync(folder, { recursive: true }).map(String).filter((f) => /\.(js|wasm)$/.test(f) && !lazy.test(f.split("/").pop()))
  : [];
const sizes = files.map((f) => [f, brotli(readFileSync(join(folder, f)))]).sort((a, b) => b[1] - a[1]);
if (!sizes.some(([f]) => f.endsWith(".wasm"))) {
  console.error(`size budget: there is no built site in ${folder}`);
  process.exit(1);
}

const kb = (n) => `${(n / 1024).toFixed(1)} KB`;
for (const [file, size] of sizes) console.log(`size budget: ${kb(size).padStart(9)}  ${file}`);
const sum = sizes.reduce((total, [, size]) => total + size, 0);
const verdict = `size budget: ${kb(sum)} of ${kb(budget)} in brotli`;
if (sum > budget) {
  console.error(`${verdict}: ${kb(sum - budget)} too much`);
  process.exit(1);
}
console.log(verdict);
JS
