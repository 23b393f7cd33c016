// Runs test binaries two at a time: `cargo test` runs one after the other, and many of them wait for a database most of
// the time. Reads what `cargo test --no-run --message-format=json` says, prints what each binary said once it is done,
// and ends with 1 where one of them failed.
//   cargo test --no-run --message-format=json | node scripts/run-tests.mjs
import { spawn } from "node:child_process";
import { basename, dirname } from "node:path";
import { createInterface } from "node:readline";

const AT_ONCE = 2;
// What takes longest begins first, so that nothing is left to be waited for alone.
const LONGEST = ["routes", "crash", "buying", "selling", "people"];
// What compares times or sends hundreds of requests at one moment is run after all others, by itself.
const ALONE = ["races", "attacks", "database", "search", "many"];

const binaries = [];
for await (const line of createInterface({ input: process.stdin })) {
  const said = line.startsWith("{") ? JSON.parse(line) : {};
  if (said.reason !== "compiler-artifact" || !said.profile.test || !said.executable) continue;
  const place = LONGEST.indexOf(said.target.name);
  binaries.push({ path: said.executable, folder: dirname(said.manifest_path), name: said.target.name, place: place < 0 ? LONGEST.length : place });
}
if (binaries.length === 0) {
  console.error("run-tests: nothing was built to be run");
  process.exit(1);
}
binaries.sort((one, other) => one.place - other.place);

const run = ({ path, folder, name }) =>
  new Promise((done) => {
    const began = Date.now();
    const child = spawn(path, ["--quiet"], { cwd: folder, env: { ...process.env, CARGO_MANIFEST_DIR: folder }, stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (part) => said.push(part));
    child.on("close", (code, signal) => {
      const took = ((Date.now() - began) / 1000).toFixed(1);
      process.stdout.write(`\n     Running ${basename(folder)}: ${name} (${took} s)${code === 0 ? "" : `, which ended with ${signal ?? code}`}\n${Buffer.concat(said)}`);
      done(code === 0);
    });
    child.on("error", (error) => {
      console.error(`run-tests: ${path}: ${error.message}`);
      done(false);
    });
  });

const failed = [];
const next = async (binaries) => {
  for (let binary = binaries.shift(); binary; binary = binaries.shift()) {
    if (!(await run(binary))) failed.push(binary.name);
  }
};
const alone = binaries.filter((binary) => ALONE.includes(binary.name));
const others = binaries.filter((binary) => !alone.includes(binary));
await Promise.all(Array.from({ length: AT_ONCE }, () => next(others)));
await next(alone);
if (failed.length > 0) {
  console.error(`run-tests: failed: ${failed.join(", ")}`);
  process.exit(1);
}
