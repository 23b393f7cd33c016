import { expect, test, words } from "./base";

const w = words("storefront", "id");

test("a shopper goes from the front page to a category to a product to its shop", async ({ page, axe, whole, shot }) => {
  await page.goto("/");
  await page.locator(".category-tile").first().click();
  await expect(page).toHaveURL(/\/c\/[a-z0-9-]+/);
  await expect(page.locator(".product-card").first()).toBeVisible();
  await whole();
  await axe();
  await shot("category");

  const name = (await page.locator(".product-card-name").first().innerText()).trim();
  await page.locator(".product-card-link").first().click();
  await expect(page).toHaveURL(/\/p\/[a-z0-9-]+/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
  await whole();
  await axe();
  await shot("product");

  await page.getByRole("link", { name: w.visit_shop }).click();
  await expect(page).toHaveURL(/\/shop\/[a-z0-9-]+/);
  await expect(page.locator(".product-card").first()).toBeVisible();
  await whole();
  await axe();
  await shot("shop");
});

test("results are narrowed, sorted and paged by links alone", async ({ page, axe, whole, shot }) => {
  await page.goto("/search");
  await expect(page.locator(".product-card")).toHaveCount(24);
  await whole();
  await axe();
  await shot("search");

  await page.getByRole("link", { name: "Harga terendah" }).click();
  await expect(page).toHaveURL(/sort=price_up/);
  const first = await page.locator(".product-card-name").first().innerText();
  await page.getByRole("link", { name: w.more_pages }).click();
  await expect(page).toHaveURL(/after=/);
  await expect(page.locator(".product-card-name").first()).not.toHaveText(first);

  await page.goto("/search?tier=official");
  const chip = page.getByRole("link", { name: /Hapus saringan/ });
  await expect(chip).toBeVisible();
  await chip.click();
  await expect(page).toHaveURL("/search");
});

test("a mistyped word still finds goods", async ({ page }) => {
  await page.goto("/search?q=sepatu");
  await expect(page.locator(".product-card").first()).toBeVisible();
  await page.goto("/search?q=sepatuu");
  await expect(page.locator(".product-card").first()).toBeVisible();
});

test("what lacks a word stands under a heading of its own", async ({ page, axe, shot }) => {
  await page.goto("/search?q=sepatu+lari+berlian");
  await expect(page.getByRole("heading", { name: w.related, exact: true })).toBeVisible();
  await expect(page.locator(".results-related .product-card").first()).toBeVisible();
  await axe();
  await shot("related");
});

test("nonsense is answered with help", async ({ page, whole, axe, shot }) => {
  await page.goto("/search?q=zxqvwkjh");
  await expect(page.getByText("Tidak ada hasil untuk “zxqvwkjh”")).toBeVisible();
  await expect(page.locator(".product-card").first()).toBeVisible();
  await whole();
  await axe();
  await shot("nothing");
});

test("reviews are filtered by stars with links", async ({ page }) => {
  await page.goto("/search?sort=sold");
  await page.locator(".product-card-link").first().click();
  await page.locator(".histogram a").first().click();
  await expect(page).toHaveURL(/stars=5/);
  await expect(page.locator("#reviews")).toBeVisible();
});

test("all categories stand on one page", async ({ page, axe, whole, shot }) => {
  await page.goto("/categories");
  await expect(page.locator(".category-block").first()).toBeVisible();
  await whole();
  await axe();
  await shot("categories");
});

test("the shop is as good in the dark and in English", async ({ browser, baseURL }) => {
  const context = await browser.newContext({ baseURL, colorScheme: "dark", locale: "en-GB" });
  const page = await context.newPage();
  await page.goto("/search?q=tas");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Results for “tas”");
  await context.close();
});
