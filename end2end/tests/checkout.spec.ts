import type { Page } from "@playwright/test";
import { addToCart, buyFromShops, buySomething, choose, chooseCouriers, fillAddress, fillGuest, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { scanned } from "./codes";
import { mail } from "./mail";
import { press, register } from "./people";

const w = words("checkout", "id");
const cart = words("cart", "id");

const VA = /BCA Virtual Account/;
const events = /\/pay\/\S+\/events/;

/** With JavaScript the page says so by itself; without it one asks. */
async function paid(page: Page, js: boolean): Promise<void> {
  const headline = page.getByRole("heading", { level: 1, name: w.paid });
  if (js) return expect(headline).toBeVisible({ timeout: 20_000 });
  await expect(async () => {
    await page.reload();
    await expect(headline).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

/** The last form of the checkout as it would be sent. */
async function placing(page: Page): Promise<{ key: string; expected: string; method: string }> {
  const value = (name: string) => page.locator(`.checkout-sum input[name=${name}]`).inputValue();
  return { key: await value("key"), expected: await value("expected"), method: await value("method") };
}

/** Sends that form past the page; answers where it leads. */
async function send(page: Page, form: Record<string, string>): Promise<string> {
  const origin = new URL(page.url()).origin;
  const headers = { origin, referer: page.url(), accept: "text/html" };
  const answer = await page.request.post("/_fn/storefront/checkout/rpc/place_order", { form, headers, maxRedirects: 0 });
  expect(answer.status()).toBe(302);
  return answer.headers()["location"]!;
}

test("with nothing in the cart the checkout leads to the cart", async ({ page, whole, axe }) => {
  await page.goto("/checkout");
  await expect(page).toHaveURL("/cart");
  await whole();
  await axe();
});

test("a guest buys from three shops at once and pays by virtual account", async ({ page, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  const goods = await buyFromShops(page, js, 3);
  await page.goto("/checkout");
  // What is missing is said beside the button, which cannot be pressed yet, and leads to where it can be said.
  await expect(page.getByRole("button", { name: /^Bayar/ })).toBeDisabled();
  for (const missing of [w.missing_contact, w.missing_address]) {
    await expect(page.getByRole("link", { name: missing, exact: true })).toBeVisible();
  }
  await whole();
  await axe();
  await shot("checkout-empty");

  await fillGuest(page, js, VA);
  for (const { name } of goods) await expect(page.getByRole("heading", { level: 3, name })).toBeVisible();
  // The rows add up to the total, and the total is what the button says.
  const amounts = await page.locator("aside .summary dd").allInnerTexts();
  const [total, ...rows] = amounts.map((text) => Number(text.replace("−", "-").replace(/[^\d-]/g, ""))).reverse();
  expect(rows.reduce((sum, row) => sum + row, 0)).toBe(total);
  await expect(page.getByRole("button", { name: /^Bayar/ })).toHaveText(new RegExp(amounts.at(-1)!.replaceAll(".", "\\.")));
  await whole();
  await axe();
  await shot("checkout");

  await place(page);
  await expect(page.getByRole("heading", { level: 1, name: w.waiting })).toBeVisible({ timeout: 20_000 });
  await expect(page.locator(".pay-orders li")).toHaveCount(3);
  await expect(page.locator(".pay-number")).toHaveText(/^\d{8,20}$/);
  await expect(page.getByRole("timer")).toBeVisible();
  await whole();
  await axe();
  await shot("pay-virtual-account");
  await payAtBank(page);
  await paid(page, js);
  await expect(page.getByRole("link", { name: w.see_orders })).toBeVisible();
  // What came by itself moved what stood there; how the page stands is seen when it is opened.
  await page.reload();
  await expect(page.getByRole("link", { name: w.see_orders })).toBeVisible();
  await whole();
  await axe();
  await shot("pay-paid");
});

test("a member buys with an address of the book and pays by QRIS", async ({ page, request, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  const email = await register(page, request);
  await page.goto("/account/addresses/new");
  await fillAddress(page);
  await expect(page).toHaveURL("/account/addresses");
  await buySomething(page, js);
  await page.goto("/checkout");
  await expect(page.locator("#contact")).toContainText(email);
  await expect(page.locator("#address")).toContainText("Kebayoran Baru");
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  await chooseCouriers(page, js);
  await choose(page, js, /^QRIS/);
  await expect(page.getByText(w.missing_title)).toHaveCount(0);
  await whole();
  await axe();
  await shot("checkout-member");
  await place(page);
  await expect(page.getByRole("img", { name: w.qr })).toBeVisible({ timeout: 20_000 });
  await whole();
  await axe();
  await shot("pay-qris");
  const payload = (await page.locator(".pay-qr").getAttribute("data-says"))!;
  expect(payload).toMatch(/^000201/);
  expect(await scanned(page.getByRole("img", { name: w.qr }), "QR_CODE")).toBe(payload);

  // Another way to pay is another attempt, at the same orders.
  const first = page.url();
  await page.getByText(w.change_method, { exact: true }).click();
  // One that costs more says what it comes to.
  await expect(page.getByText(/Biaya Rp\s?2\.500, seluruhnya Rp/).first()).toBeVisible();
  await page.getByRole("radio", { name: VA }).check();
  await press(page, w.change_use);
  await expect(page).not.toHaveURL(first);
  await expect(page.locator(".pay-number")).toBeVisible({ timeout: 20_000 });
  await payAtBank(page);
  await paid(page, js);
  await page.goto(first);
  await expect(page.getByRole("heading", { level: 1, name: w.paid_otherwise })).toBeVisible();
});

test("cash on delivery is ordered without paying", async ({ page, js, whole, axe, shot }) => {
  test.slow();
  await buySomething(page, js);
  await fillGuest(page, js, VA);
  const cash = page.getByRole("radio", { name: new RegExp(w.courier_cod) }).first();
  await cash.check();
  if (!js) {
    await page.locator("form:has(input[name=way])").getByRole("button", { name: w.use_choice, exact: true }).first().click();
  }
  await choose(page, js, /COD/);
  await expect(page.getByRole("button", { name: w.order, exact: true })).toBeEnabled();
  await whole();
  await axe();
  await shot("checkout-cash");
  await press(page, w.order);
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]+/);
  await whole();
});

test("pressed twice, the button places one order", async ({ page, js, failures }) => {
  test.slow();
  failures.ignore(events);
  await buySomething(page, js);
  await fillGuest(page, js, VA);
  const form = await placing(page);
  if (js) {
    await page.getByRole("button", { name: /^Bayar Rp/ }).dblclick();
    await expect(page).toHaveURL(/\/pay\//);
  } else {
    await place(page);
  }
  const payment = new URL(page.url()).pathname;
  for (let i = 0; i < 2; i++) expect(await send(page, form)).toBe(payment);
  await page.goto(payment);
  await expect(page.locator(".pay-orders li")).toHaveCount(1);
});

test("going back after placing does not place it again", async ({ page, js, failures }) => {
  test.slow();
  failures.ignore(events);
  await buySomething(page, js);
  await fillGuest(page, js, VA);
  await place(page);
  const payment = new URL(page.url()).pathname;
  await page.goBack();
  await page.waitForURL(/\/(cart|checkout)/);
  if (js) {
    await expect(page).toHaveURL("/cart");
  } else if (page.url().includes("/checkout")) {
    // The page as it was: its button leads to the same payment.
    await page.getByRole("button", { name: /^Bayar Rp/ }).click();
    await expect(page).toHaveURL(payment);
  }
});

test("in two tabs what is bought is bought once", async ({ page, js, failures }) => {
  test.slow();
  failures.ignore(events);
  await buySomething(page, js);
  await fillGuest(page, js, VA);
  const other = await page.context().newPage();
  try {
    await other.goto("/checkout");
    if (js) await other.locator("html[data-awake]").waitFor({ state: "attached" });
    await place(page);
    const payment = new URL(page.url()).pathname;
    await other.getByRole("button", { name: /^Bayar Rp/ }).click();
    await other.waitForURL((url) => url.pathname !== "/checkout" || url.search !== "");
    // Either the same payment, or there is nothing left to buy.
    expect([payment, "/cart", "/checkout"]).toContain(new URL(other.url()).pathname);
  } finally {
    await other.close();
  }
});

test("when a price has changed nothing is placed, and it is said what changed", async ({ page, js, whole, axe, shot }) => {
  test.slow();
  await buySomething(page, js);
  await fillGuest(page, js, VA);
  // As if the page had been made before the price rose.
  await page.locator(".checkout-sum input[name=expected]").evaluate((input: HTMLInputElement) => {
    input.value = String(Number(input.value) - 1_000);
  });
  await page.getByRole("button", { name: /^Bayar Rp/ }).click();
  await expect(page).toHaveURL(/\/checkout\?was=\d+/);
  const notice = page.getByRole("alert").filter({ hasText: /Total tadinya/ });
  await expect(notice).toBeVisible();
  await whole();
  await axe();
  await shot("checkout-changed");
  // Whoever agrees to it now may go on.
  await place(page);
});

test("a voucher of the platform and one of the shop come off together", async ({ page, js, failures, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  await buySomething(page, js, "/search?sort=price_down");
  await fillGuest(page, js, VA);
  const rows = page.locator("aside .summary dt");
  // What is chosen is no longer on offer.
  const take = async (name: RegExp, row: RegExp) => {
    await page.getByRole("main").getByRole("button", { name }).first().click();
    await expect(rows.filter({ hasText: row })).toBeVisible();
    if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  };
  await take(new RegExp(cart.use_what!.replace("{code}", "PASARHEMAT")), /PASARHEMAT/);
  await take(new RegExp(cart.use_what!.replace("{code}", "[A-Z]+5$")), new RegExp(cart.part_shop_voucher!.replace("{code}", "")));
  await expect(rows.filter({ hasText: /PASARHEMAT/ })).toBeVisible();
  const amounts = await page.locator("aside .summary dd").allInnerTexts();
  const [total, ...parts] = amounts.map((text) => Number(text.replace("−", "-").replace(/[^\d-]/g, ""))).reverse();
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(total);
  await axe();
  await shot("checkout-vouchers");
  await place(page);
  await payAtBank(page);
  await paid(page, js);
});

test("whoever did not order it does not see the payment", async ({ page, browser, js, failures }) => {
  test.slow();
  failures.ignore(events);
  await buySomething(page, js);
  await fillGuest(page, js, VA);
  await place(page);
  const stranger = await browser.newContext();
  try {
    const answer = await stranger.request.get(page.url());
    expect(answer.status()).toBe(404);
  } finally {
    await stranger.close();
  }
});

test("whoever pays twice is told, and gets the second payment back", async ({ page, request, js, failures }) => {
  test.slow();
  failures.ignore(events);
  await buySomething(page, js);
  const email = await fillGuest(page, js, VA);
  await place(page);
  const bill = await mail(request, email, "order_to_pay");
  expect(bill).toContain(new URL(page.url()).pathname);
  const total = bill.match(/Rp\s?[\d.]+/)![0];
  await payAtBank(page, "twice");
  await paid(page, js);
  expect(await mail(request, email, "order_paid")).toMatch(/INV\/\d{8}\/\d{6}/);
  expect(await mail(request, email, "money_back")).toContain(total);
});

test("what is in a flash sale costs what the sale says, until it is paid", async ({ page, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  await page.goto("/");
  const sale = page.getByRole("region", { name: "Flash sale" });
  await expect(sale).toBeVisible();
  const card = sale.getByRole("article").first();
  const price = (await card.locator(".price-now").innerText()).match(/Rp\s?[\d.]+/)![0];
  await page.goto((await card.locator(".flash-link").getAttribute("href"))!);
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  await expect(page.locator(".flash-bar")).toBeVisible();
  await expect(page.getByRole("main").locator(".price-now").first()).toContainText(price);
  await whole();
  await axe();
  await shot("product-flash");
  const onlooker = await page.context().newPage();
  await onlooker.goto(page.url());
  const bar = onlooker.getByRole("main").getByRole("progressbar");
  const before = await bar.getAttribute("aria-label");
  await addToCart(page, js);
  await fillGuest(page, js, VA);
  await expect(page.locator("aside .summary dt").filter({ hasText: "Flash sale" })).toBeVisible();
  await place(page);
  // Who looks on sees how much is gone.
  if (js) await expect(bar).not.toHaveAttribute("aria-label", before!, { timeout: 20_000 });
  await onlooker.close();
  await payAtBank(page);
  await paid(page, js);
});
