// Writes a .br and a .gz beside every text-like file of the site folder, so that the server never compresses
// them itself. Files that are up to date are left alone; what lost its original is removed.
//   node scripts/precompress.mjs <site folder>
import { readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const site = process.argv[2];
if (!site) {
  console.error("usage: node scripts/precompress.mjs <site folder>");
  process.exit(2);
}

const worth = new Set([".css", ".html", ".js", ".json", ".map", ".mjs", ".svg", ".txt", ".wasm", ".webmanifest", ".xml"]);
const [br, gz] = [promisify(brotliCompress), promisify(gzip)];
const forms = {
  ".br": (bytes, text) =>
    br(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_LGWIN]: 24,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        [constants.BROTLI_PARAM_MODE]: text ? constants.BROTLI_MODE_TEXT : constants.BROTLI_MODE_GENERIC,
      },
    }),
  ".gz": (bytes) => gz(bytes, { level: 9 }),
};

const entries = await readdir(site, { recursive: true, withFileTypes: true });
const files = new Set(entries.filter((e) => e.isFile()).map((e) => join(e.parentPath ?? e.path, e.name)));

for (const file of files) {
  const form = extname(file);
  if (form in forms && !files.has(file.slice(0, -form.length))) await rm(file);
}

let written = 0;
await Promise.all([...files].filter((file) => worth.has(extname(file))).map(compress));
if (written) console.log(`precompress: ${written} files`);

async function compress(file) {
  const { mtimeMs, size } = await stat(file);
  const made = await Promise.all(Object.keys(forms).map((form) => stat(file + form).catch(() => undefined)));
  // Below one network packet there is nothing to win.
  if (size < 1_000 || made.every((m) => m && m.mtimeMs >= mtimeMs)) return;
  const bytes = await readFile(file);
  for (const [form, pack] of Object.entries(forms)) {
    await writeFile(`${file}${form}.partial`, await pack(bytes, extname(file) !== ".wasm"));
    await rename(`${file}${form}.partial`, file + form);
    written += 1;
  }
}
