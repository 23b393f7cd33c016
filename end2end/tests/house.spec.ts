import { expect, test, words, type Lang } from "./base";

const languages: Lang[] = ["id", "en"];
const shell = words("shell", "id");

test("the home page is whole and open to everyone", async ({ page, axe, whole, shot }) => {
  await page.goto("/");
  await expect(page).toHaveTitle(/Pasar/);
  await expect(page.getByRole("banner")).toBeVisible();
  await expect(page.getByRole("main")).toBeVisible();
  await expect(page.getByRole("contentinfo")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "id");
  await whole();
  await axe();
  await shot("home");
});

test("the home page speaks the language the browser asks for", async ({ browser, baseURL }) => {
  for (const lang of languages) {
    const context = await browser.newContext({ baseURL, locale: lang === "id" ? "id-ID" : "en-GB" });
    const page = await context.newPage();
    await page.goto("/");
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    await expect(page.getByRole("searchbox", { name: words("shell", lang).search })).toBeVisible();
    await context.close();
  }
});

test("an unknown address gets a kind page and the right status", async ({ page, expectFailures, axe, whole, shot }) => {
  expectFailures(["404 GET /no-such-page"]);
  const answer = await page.goto("/no-such-page");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Halaman tidak ditemukan");
  await whole();
  await axe();
  await shot("missing");
  await page.getByRole("main").getByRole("link", { name: shell.to_home }).click();
  await expect(page).toHaveURL("/");
});

test("the search box leads to the search page, which keeps the words", async ({ page }) => {
  await page.goto("/");
  const box = page.getByRole("searchbox", { name: shell.search });
  await box.fill("kopi & gula");
  await box.press("Enter");
  await expect(page).toHaveURL("/search?q=kopi+%26+gula");
  await expect(box).toHaveValue("kopi & gula");
});

test("the bar at the bottom is for phones alone", async ({ page, isMobile }) => {
  await page.goto("/");
  await expect(page.locator(".bottom-bar")).toBeVisible({ visible: isMobile });
});

for (const scheme of ["light", "dark"] as const) {
  test.describe(`on a ${scheme} device`, () => {
    test.use({ colorScheme: scheme });

    test("the design page shows every part, open to everyone", async ({ page, axe, whole, shot }) => {
      await page.goto("/design");
      await whole();
      await axe();
      await shot(`design-${scheme}`);
    });
  });
}

test("the API is described for people and for programs", async ({ page, request, axe, shot }) => {
  // The page is long, and all of it is looked at.
  test.slow();
  await page.goto("/api/docs");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await axe();
  await shot("api-docs");
  const description = await (await request.get("/api/v1/openapi.json")).json();
  expect(description.openapi).toMatch(/^3\.1/);
  const shown = await page.locator("body *").evaluateAll((all) => all.map((one) => one.textContent.trim()));
  for (const address of Object.keys(description.paths)) expect(shown).toContain(address);
});
