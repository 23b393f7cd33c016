import type { Page } from "@playwright/test";
import { buySomething, fillGuest, openProduct, addToCart, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { needsDatabase, raisePrice } from "./database";
import { press } from "./people";
import { rupiah, until } from "./selling";

const w = words("checkout", "id");
const cart = words("cart", "id");

const VA = /BCA Virtual Account/;
const events = /\/pay\/\S+\/events/;

const paid = (page: Page) => until(page, () => expect(page.getByRole("heading", { level: 1, name: w.paid })).toBeVisible({ timeout: 1_000 }));

const awake = async (page: Page, js: boolean) => {
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
};

/** Takes one of the vouchers that are offered; what it takes off stands in a row of its own. */
async function take(page: Page, js: boolean, name: RegExp, row: RegExp): Promise<void> {
  await page.getByRole("main").getByRole("button", { name }).first().click();
  await expect(page.locator("aside .summary dt").filter({ hasText: row })).toBeVisible();
  await awake(page, js);
}

test("a guest buys from three shops with a voucher of the platform and one of a shop, by virtual account", async ({ page, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  const shops: string[] = [];
  for (let i = 0; i < 3; i++) shops.push((await buySomething(page, js, "/search?sort=price_down", shops)).shop);
  await fillGuest(page, js, VA);
  await take(page, js, new RegExp(cart.use_what.replace("{code}", "PASARHEMAT")), /PASARHEMAT/);
  await take(page, js, new RegExp(cart.use_what.replace("{code}", "[A-Z]+5$")), new RegExp(cart.part_shop_voucher.replace("{code}", "")));
  await expect(page.locator("aside .summary dt").filter({ hasText: /PASARHEMAT/ })).toBeVisible();
  const amounts = (await page.locator("aside .summary dd").allInnerTexts()).map(rupiah);
  const total = amounts.pop()!;
  expect(amounts.reduce((sum, part) => sum + part, 0)).toBe(total);
  await whole();
  await axe();
  await shot("checkout-three-shops-two-vouchers");
  await place(page);
  await expect(page.locator(".pay-orders li")).toHaveCount(3);
  await payAtBank(page);
  await paid(page);
});

test("when a shop raises a price nothing is placed, and what changed is told until it was seen", async ({ page, js, failures, whole, axe, shot }) => {
  needsDatabase();
  test.slow();
  failures.ignore(events);
  const goods = await openProduct(page, js, "/search?sort=price_down");
  await addToCart(page, js);
  await fillGuest(page, js, VA);
  const before = Number(await page.locator(".checkout-sum input[name=expected]").inputValue());
  const at = new URL(goods.href, page.url());
  // A product with one variant has no choice in its address; the cart's link names it.
  const sku = at.searchParams.get("v") ?? new URL((await page.locator(".item-link").first().getAttribute("href"))!, page.url()).searchParams.get("v")!;
  raisePrice(at.pathname.split("/").pop()!, sku, 7_000);

  await page.getByRole("main").getByRole("button", { name: /^Bayar Rp/ }).click();
  await expect(page).toHaveURL(/\/checkout\?was=\d+/);
  const notice = page.getByRole("alert").filter({ hasText: /Total tadinya/ });
  await expect(notice).toContainText(goods.name);
  await expect(notice).toContainText(/harganya Rp/);
  const after = Number(await page.locator(".checkout-sum input[name=expected]").inputValue());
  expect(after).toBeGreaterThanOrEqual(before + 7_000);
  await whole();
  await axe();
  await shot("checkout-price-raised");

  // In the cart it stands as well, until its shopper says that they have seen it.
  await page.goto("/cart");
  await awake(page, js);
  await expect(page.getByText(cart.news_title)).toBeVisible();
  await expect(page.locator(".item-moved")).toHaveCount(1);
  await whole();
  await axe();
  await shot("cart-price-raised");
  await press(page, cart.news_seen);
  await expect(page.getByText(cart.news_title)).toHaveCount(0);
  await expect(page.locator(".item-moved")).toHaveCount(0);

  await page.goto("/checkout");
  await awake(page, js);
  await expect(page.getByRole("alert")).toHaveCount(0);
  await place(page);
  await payAtBank(page);
  await paid(page);
});

test("going back after paying shows nothing to pay again", async ({ page, js, failures }) => {
  test.slow();
  failures.ignore(events);
  await buySomething(page, js);
  await fillGuest(page, js, VA);
  await place(page);
  const payment = new URL(page.url()).pathname;
  await payAtBank(page);
  await paid(page);
  await page.goBack();
  await page.waitForURL(/\/(cart|checkout|pay)/);
  if (page.url().includes("/checkout") && (await page.getByRole("button", { name: /^Bayar Rp/ }).count()) > 0) {
    // The page as it was: its button leads to the same payment, which is paid.
    await page.getByRole("button", { name: /^Bayar Rp/ }).click();
  } else {
    await page.goto(payment);
  }
  await expect(page).toHaveURL(payment);
  await expect(page.getByRole("heading", { level: 1, name: w.paid })).toBeVisible();
  await expect(page.locator(".pay-number")).toHaveCount(0);
  await page.goto("/cart");
  await expect(page.getByText(cart.empty, { exact: true })).toBeVisible();
});
