// Lighthouse's four scores of the shopper's pages, on a phone and on a desktop. Fails where one is below 95, and says
// which audits cost points.
//   node run.mjs http://127.0.0.1:3000
// RUNS (3) measurements of each page are taken and the median score counts. ONLY=product,phone picks some.
import { launch } from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";

const base = process.argv[2];
if (!base) {
  console.error("usage: node run.mjs <address>");
  process.exit(2);
}
const enough = 0.95;
const runs = Number(process.env.RUNS ?? 3);
const only = (process.env.ONLY ?? "").split(",").filter(Boolean);
const names = { performance: "speed", accessibility: "access", "best-practices": "practice", seo: "search engines" };

/** The first address on a page that begins so. */
async function first(page, beginning) {
  const html = await (await fetch(new URL(page, base))).text();
  const found = html.match(new RegExp(`href="(${beginning}[^"?#]+)"`))?.[1];
  if (!found) throw new Error(`${page} links to nothing under ${beginning}`);
  return found;
}

const product = await first("/search?q=sepatu", "/p/");
const pages = {
  home: "/",
  category: await first("/categories", "/c/"),
  search: "/search?q=sepatu",
  product,
  shop: await first(product, "/shop/"),
};
const profiles = { phone: undefined, desktop: desktopConfig };

const root = process.getuid?.() === 0;
const chrome = await launch({
  chromePath: process.env.CHROMIUM || undefined,
  chromeFlags: ["--headless=new", "--disable-gpu", "--disable-quic", "--no-first-run", ...(root ? ["--no-sandbox"] : [])],
});
const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];
const chosen = (...words) => only.every((word) => words.includes(word));

let poor = 0;
try {
  for (const [profile, config] of Object.entries(profiles)) {
    for (const [name, path] of Object.entries(pages)) {
      if (!chosen(name, profile)) continue;
      const reports = [];
      for (let run = 0; run < runs; run += 1) {
        reports.push(await measure(path, config));
      }
      const scores = Object.keys(names).map((id) => [id, median(reports.map((report) => report.categories[id].score ?? 0))]);
      const line = scores.map(([id, score]) => `${names[id]} ${String(Math.round(score * 100)).padStart(3)}`).join("  ");
      const bad = scores.filter(([, score]) => score < enough);
      poor += bad.length;
      console.log(`lighthouse: ${bad.length ? "POOR" : "ok  "} ${profile.padEnd(7)} ${name.padEnd(8)}  ${line}`);
      for (const cost of costs(reports.at(-1))) console.log(`            ${cost}`);
    }
  }
} finally {
  await chrome.kill();
}
if (poor) {
  console.error(`lighthouse: ${poor} scores are below ${enough * 100}`);
  process.exit(1);
}

/** One report; on a busy machine Chromium's trace is sometimes not there, then it is asked again. */
async function measure(path, config, tries = 3) {
  // As most of the shop's readers ask.
  const flags = { port: chrome.port, logLevel: "error", extraHeaders: { "Accept-Language": "id-ID,id;q=0.9" } };
  // What was searched for is kept out of search engines on purpose.
  if (path.startsWith("/search")) flags.skipAudits = ["is-crawlable"];
  const { lhr } = await lighthouse(new URL(path, base).href, flags, config);
  if (!lhr.runtimeError) return lhr;
  if (tries > 1) return measure(path, config, tries - 1);
  throw new Error(`${path}: ${lhr.runtimeError.message}`);
}

/** The audits of a report that cost points, the dearest first. */
function costs(report) {
  return Object.entries(names)
    .flatMap(([id, name]) => {
      const refs = report.categories[id].auditRefs.filter((ref) => ref.weight > 0);
      const whole = refs.reduce((sum, ref) => sum + ref.weight, 0);
      return refs.map((ref) => ({ name, audit: report.audits[ref.id], cost: ((1 - (report.audits[ref.id].score ?? 1)) * ref.weight * 100) / whole }));
    })
    .filter(({ cost }) => cost >= 0.5)
    .sort((a, b) => b.cost - a.cost)
    .map(({ name, audit, cost }) => {
      const where = audit.details?.items?.find((item) => item.node)?.node.snippet ?? "";
      return `-${cost.toFixed(1).padStart(4)} ${name}: ${audit.title} ${audit.displayValue ?? ""} ${where}`.trimEnd();
    });
}
