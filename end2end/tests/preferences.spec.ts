import type { Page } from "@playwright/test";
import { expect, test, words, type Lang } from "./base";
import { register, signIn } from "./people";

/** Opens the menu of preferences and presses one of its choices. */
async function choose(page: Page, lang: Lang, choice: string): Promise<void> {
  await page.getByRole("banner").locator("summary").filter({ has: page.locator("svg") }).first().click();
  const menu = page.getByRole("banner").locator("details[open]");
  await expect(menu.getByText(words("shell", lang).language, { exact: true })).toBeVisible();
  await menu.getByRole("button", { name: choice, exact: true }).click();
}

/** The colour of the page behind everything, as painted. */
async function paper(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

test("the language is switched, stays on the page, and survives a reload", async ({ page }) => {
  await page.goto("/design?from=here");
  await choose(page, "id", "English");
  await expect(page).toHaveURL("/design?from=here");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const english = words("shell", "en");
  await expect(page.getByRole("searchbox", { name: english.search })).toBeVisible();

  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await choose(page, "en", "Bahasa Indonesia");
  await expect(page.locator("html")).toHaveAttribute("lang", "id");
});

test("the theme is switched and survives a reload", async ({ page, shot }) => {
  await page.goto("/");
  const light = await paper(page);
  await choose(page, "id", words("shell", "id").theme_dark);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const dark = await paper(page);
  expect(dark).not.toBe(light);

  await page.reload();
  expect(await paper(page)).toBe(dark);
  await shot("home-dark");

  await choose(page, "id", words("shell", "id").theme_system);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "system");
  expect(await paper(page), "the device of this test is light").toBe(light);
});

// What the server sends is already right, so there is nothing to correct later, and no flash.
test("the very first byte has the chosen language and theme", async ({ page, context }) => {
  await page.goto("/");
  await choose(page, "id", "English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await choose(page, "en", words("shell", "en").theme_dark);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  const html = await (await context.request.get("/")).text();
  const root = html.match(/<html\b[^>]*>/)?.[0];
  expect(root).toContain('lang="en"');
  expect(root).toContain('data-theme="dark"');
});

test("whoever signs in finds the language and appearance they chose elsewhere", async ({ page, browser, request, js }) => {
  const address = await register(page, request);
  await page.goto("/");
  await choose(page, "id", "English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await choose(page, "en", words("shell", "en").theme_dark);
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");

  const other = await browser.newContext({ javaScriptEnabled: js });
  try {
    const elsewhere = await other.newPage();
    await elsewhere.goto("/sign-in");
    await expect(elsewhere.locator("html")).toHaveAttribute("lang", "id");
    await signIn(elsewhere, address);
    await expect(elsewhere).toHaveURL("/account");
    await expect(elsewhere.locator("html")).toHaveAttribute("lang", "en");
    await expect(elsewhere.locator("html")).toHaveAttribute("data-theme", "dark");
  } finally {
    await other.close();
  }
});
