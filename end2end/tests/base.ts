import { AxeBuilder } from "@axe-core/playwright";
import { expect, test as plain, type ConsoleMessage, type Page, type Request } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

export { expect };
export { words, type Lang } from "./words";

type Pattern = string | RegExp;

/** How far things moved before they came to their final place. */
declare global {
  interface Window {
    layoutShift?: number;
    shifted?: string[];
  }
}

interface House {
  /** Whether this project runs with JavaScript. */
  js: boolean;
  /**
   * Says which failures the test provokes, as they would be reported: `404 GET /missing`, `console.error: …`,
   * `page error: …`, `failed GET /x: …`. Every other one fails the test, and so does one that never came.
   */
  expectFailures: (patterns: Pattern[]) => void;
  /** Finds no violation of WCAG 2.2 AA on the page as it stands. */
  axe: () => Promise<void>;
  /** Waits until the wasm has taken over the page. */
  awake: () => Promise<void>;
  /** The page is whole: one headline, nothing wider than the window, no broken picture, nothing jumped. */
  whole: () => Promise<void>;
  /** A picture of the page for people to look at, in end2end/shots; none where nobody looks. */
  shot: (name: string) => Promise<void>;
  watch: void;
}

export const test = plain.extend<House & { failures: Failures }>({
  // Known only once the server under test has its port.
  baseURL: async ({}, use) => use(process.env.BASE_URL),

  // From an address of its own, out of those kept for documents and tests (RFC 2544).
  extraHTTPHeaders: async ({}, use) => {
    const [b, c, d] = randomBytes(3);
    await use({ "x-forwarded-for": `198.${18 + (b! & 1)}.${c}.${d}` });
  },

  js: async ({ javaScriptEnabled }, use) => use(javaScriptEnabled !== false),

  failures: async ({}, use) => use(new Failures()),

  expectFailures: async ({ failures }, use) => use((patterns) => failures.expected.push(...patterns)),

  watch: [
    async ({ page, failures, js }, use) => {
      failures.watch(page);
      // Without JavaScript nothing uses the code that the page names for preloading, and the browser says so.
      if (!js) failures.ignore(/\/pkg\/\S+\.(js|wasm)/);
      if (js) await page.addInitScript(observe);
      await use();
      failures.settle();
    },
    { auto: true },
  ],

  awake: async ({ page }, use) =>
    use(async () => {
      await page.locator("html[data-awake]").waitFor({ state: "attached" });
    }),

  axe: async ({ page, browser, js, isMobile }, use) =>
    use(async () => {
      // The phone's layout has been looked at with scripts, this document on the desktop without: no third time.
      if (!js && isMobile) return;
      if (js) {
        // What a bar at the window's edge covers in part has no less room: one scrolls.
        await page.evaluate(() => window.scrollTo({ top: 0, behavior: "instant" }));
        return clean(page);
      }
      // axe is a script: it gets this document, less its scripts, in a window like this one that does run them.
      const window = await browser.newContext({ javaScriptEnabled: true });
      try {
        const copy = await window.newPage();
        const html = (await page.content()).replace(/<script\b[^>]*>[\s\S]*?<\/script>/gi, "");
        await copy.route(page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
        await copy.goto(page.url());
        await clean(copy);
      } finally {
        await window.close();
      }
    }),

  whole: async ({ page, js }, use) =>
    use(async () => {
      await expect(page.locator("h1")).toHaveCount(1);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wider, "pixels that the page is wider than its window").toBeLessThanOrEqual(0);
      const broken = await page.evaluate(() =>
        [...document.images].filter((i) => i.complete && i.naturalWidth === 0 && i.currentSrc).map((i) => i.currentSrc),
      );
      expect(broken, "broken pictures").toEqual([]);
      if (js) {
        const { shift, shifted } = await page.evaluate(() => ({ shift: window.layoutShift, shifted: window.shifted }));
        expect(shift, `cumulative layout shift, by\n  ${shifted?.join("\n  ")}\n`).toBeLessThanOrEqual(0.01);
      }
    }),

  shot: async ({ page }, use, info) =>
    use(async (name) => {
      if (process.env.CI) return;
      const folder = join(import.meta.dirname, "../shots");
      mkdirSync(folder, { recursive: true });
      const project = info.project.name.replace(/\W+/g, "-").toLowerCase();
      await page.screenshot({ path: join(folder, `${name}.${project}.png`), fullPage: true });
    }),
});

async function clean(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${v.help}\n  ${n.html}\n  ${n.failureSummary}`));
  expect(found, "what axe found").toEqual([]);
}

/** Runs in the page before anything else does. */
function observe(): void {
  window.layoutShift = 0;
  window.shifted = [];
  new PerformanceObserver((list) => {
    type Source = { node: Node | null; previousRect: DOMRectReadOnly; currentRect: DOMRectReadOnly };
    type Shift = PerformanceEntry & { value: number; hadRecentInput: boolean; sources: Source[] };
    const where = ({ x, y, width, height }: DOMRectReadOnly) => `${x},${y} ${width}×${height}`;
    for (const entry of list.getEntries() as Shift[]) {
      if (entry.hadRecentInput) continue;
      window.layoutShift! += entry.value;
      for (const { node, previousRect, currentRect } of entry.sources) {
        const what = node instanceof Element ? node.outerHTML.slice(0, 120) : String(node?.nodeName);
        window.shifted!.push(`${where(previousRect)} → ${where(currentRect)} at ${Math.round(entry.startTime)} ms: ${what}`);
      }
    }
  }).observe({ type: "layout-shift", buffered: true });
}

/** Everything that went wrong in a page, in the words tests use to expect it. */
class Failures {
  readonly expected: Pattern[] = [];
  private readonly ignored: RegExp[] = [];
  private readonly seen: string[] = [];
  private readonly aborted: { failure: string; navigations: number; arrivals: number }[] = [];
  private navigations = 0;
  private arrivals = 0;

  watch(page: Page): void {
    // What was asked before a page was left, by when it was asked: a page goes on asking after the browser has begun
    // to leave it, until the next one is there.
    const asked = new WeakMap<Request, { navigations: number; arrivals: number }>();
    page.on("framenavigated", (frame) => {
      if (frame === page.mainFrame()) this.arrivals += 1;
    });
    page.on("request", (request) => {
      if (request.isNavigationRequest()) this.navigations += 1;
      asked.set(request, { navigations: this.navigations, arrivals: this.arrivals });
    });
    page.on("requestfailed", (request) => {
      const why = request.failure()?.errorText ?? "unknown";
      const failure = `failed ${request.method()} ${path(request.url())}: ${why}`;
      const then = asked.get(request);
      // Leaving a page ends what it was still loading. Whether it was left is known for certain at the end.
      if (why === "net::ERR_ABORTED" && then) this.aborted.push({ failure, ...then });
      else this.seen.push(failure);
    });
    page.on("response", (answer) => {
      if (answer.status() >= 400) this.seen.push(`${answer.status()} ${answer.request().method()} ${path(answer.url())}`);
    });
    page.on("console", (message) => {
      if (["error", "warning", "assert"].includes(message.type()) && !echo(message)) {
        this.seen.push(`console.${message.type()}: ${message.text()}`);
      }
    });
    page.on("pageerror", (error) => this.seen.push(`page error: ${error.message}`));
  }

  ignore(pattern: RegExp): void {
    this.ignored.push(pattern);
  }

  /** Fails on what was not expected, and on what was expected and did not happen. */
  settle(): void {
    const matches = (text: string, pattern: Pattern) => (typeof pattern === "string" ? text.includes(pattern) : pattern.test(text));
    const stayed = this.aborted.filter((it) => it.navigations === this.navigations && it.arrivals === this.arrivals);
    this.seen.push(...stayed.map((it) => it.failure));
    const counted = this.seen.filter((text) => !this.ignored.some((pattern) => pattern.test(text)));
    const unexpected = counted.filter((text) => !this.expected.some((pattern) => matches(text, pattern)));
    expect(unexpected, "console errors, page errors and failed requests").toEqual([]);
    const missing = this.expected.filter((pattern) => !this.seen.some((text) => matches(text, pattern)));
    expect(missing.map(String), "failures that were expected and did not happen").toEqual([]);
  }
}

/** Chromium says every bad status twice: as a response, which is counted, and in the console. */
function echo(message: ConsoleMessage): boolean {
  return message.text().startsWith("Failed to load resource: the server responded with a status of");
}

function path(url: string): string {
  const { pathname, search } = new URL(url, "http://unknown");
  return pathname + search;
}
