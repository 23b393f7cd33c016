import type { Locator } from "@playwright/test";
import { expect, test, words } from "./base";

const shell = words("shell", "id");

// The base of all tests fails on any warning or error in the console, and so on any hydration mismatch.
for (const address of ["/", "/design", "/no-such-page"]) {
  test(`${address} wakes without a word in the console`, async ({ page, awake, whole, expectFailures }) => {
    if (address === "/no-such-page") expectFailures(["404 GET /no-such-page"]);
    await page.goto(address);
    // A countdown goes on meanwhile.
    const said = async () => (await page.getByRole("main").innerText()).replace(/\d\d:\d\d:\d\d/g, "…");
    const before = await said();
    await awake();
    expect(await said(), "what the server said is what the browser says").toBe(before);
    await whole();
  });
}

test("links are followed without loading the page again", async ({ page, awake, axe, isMobile }) => {
  await page.goto("/");
  await awake();
  await page.evaluate(() => document.documentElement.setAttribute("data-same-document", ""));
  await page.locator("a[href='/categories']:visible").first().click();
  await expect(page).toHaveURL("/categories");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("html[data-same-document]")).toHaveCount(1);
  await axe();

  if (isMobile) await page.locator(".bottom-bar").getByRole("link", { name: shell.home }).click();
  else await page.getByRole("banner").getByRole("link", { name: "Pasar" }).click();
  await expect(page).toHaveURL("/");
  await page.goBack();
  await expect(page).toHaveURL("/categories");
});

test("between what shoppers see and the rest, a link loads the other half", async ({ page, awake, whole, isMobile }) => {
  const loaded: string[] = [];
  page.on("response", (answer) => {
    if (answer.url().endsWith(".wasm")) loaded.push(new URL(answer.url()).pathname);
  });
  // The address changes at once, the document a moment later.
  const cross = async (link: Locator, to: string) => {
    await page.evaluate(() => document.documentElement.setAttribute("data-left", ""));
    await link.click();
    await page.locator("html[data-awake]:not([data-left])").waitFor({ state: "attached" });
    await expect(page).toHaveURL(to);
    await whole();
  };
  await page.goto("/");
  await awake();
  await cross(page.getByRole("contentinfo").getByRole("link", { name: shell.footer_design }), "/design");
  expect(loaded.some((path) => path.startsWith("/pkg/desk/"))).toBe(true);
  const home = isMobile
    ? page.locator(".bottom-bar").getByRole("link", { name: shell.home })
    : page.getByRole("banner").getByRole("link", { name: "Pasar" });
  await cross(home, "/");
  // One step back each, as if it were one. A page that is left while it loads says that its code did not arrive.
  await page.goBack();
  await expect(page).toHaveURL("/design");
  await awake();
  await page.goBack();
  await expect(page).toHaveURL("/");
  await awake();
});

test("a page that is left keeps nothing of its title", async ({ page, awake }) => {
  await page.goto("/");
  await awake();
  const home = await page.title();
  await page.locator("a[href='/categories']:visible").first().click();
  await expect(page).not.toHaveTitle(home);
});
