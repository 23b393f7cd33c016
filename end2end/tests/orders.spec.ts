import type { Page } from "@playwright/test";
import { buyFromShops, buySomething, choose, chooseCouriers, fillAddress, fillGuest, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { press, register } from "./people";

const w = words("orders", "id");
const account = words("account", "id");
const checkout = words("checkout", "id");

const VA = /BCA Virtual Account/;
const events = /\/pay\/\S+\/events/;

/** A member with an address orders something; what is open then is the page to pay on. */
async function orderAsMember(page: Page, js: boolean): Promise<{ name: string; href: string }> {
  await page.goto("/account/addresses/new");
  await fillAddress(page);
  await expect(page).toHaveURL("/account/addresses");
  const goods = await buySomething(page, js);
  await page.goto("/checkout");
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  await chooseCouriers(page, js);
  await choose(page, js, VA);
  await expect(page.getByText(checkout.missing_title)).toHaveCount(0);
  await place(page);
  return goods;
}

/** The payment of what is open has arrived. */
async function arrived(page: Page): Promise<void> {
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: checkout.paid })).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 20_000 });
}

/** The rows of the sum on the page add up to its total. */
async function addsUp(page: Page): Promise<void> {
  await expect(page.locator(".summary dd").first()).toBeVisible();
  const amounts = await page.locator(".summary dd").allInnerTexts();
  const [total, ...rows] = amounts.map((text) => Number(text.replace("−", "-").replace(/[^\d-]/g, ""))).reverse();
  expect(rows.reduce((sum, row) => sum + row, 0)).toBe(total);
}

test("a member's list starts empty, and whoever is not signed in is asked to", async ({ page, request, whole, axe, shot }) => {
  await page.goto("/account/orders");
  await expect(page).toHaveURL("/sign-in?next=%2Faccount%2Forders");
  await register(page, request);
  await page.goto("/account");
  await page.getByRole("main").getByRole("link", { name: w.about }).click();
  await expect(page).toHaveURL("/account/orders");
  await expect(page.getByText(w.none_text)).toBeVisible();
  await whole();
  await axe();
  await shot("orders-none");
});

test("a member finds an order, pays it, reads its invoice and buys it again", async ({ page, request, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  await register(page, request);
  const { name } = await orderAsMember(page, js);
  const payment = new URL(page.url()).pathname;

  await page.goto("/account/orders?show=to_pay");
  const card = page.getByRole("article");
  await expect(card).toHaveCount(1);
  await expect(card).toContainText(name);
  await expect(card.getByRole("link", { name: w.pay_now })).toHaveAttribute("href", payment);
  await whole();
  await axe();
  await shot("orders");
  // The filter stays while somebody searches, and the other way round.
  const number = (await card.locator(".order-number").innerText()).trim();
  await page.getByRole("searchbox", { name: w.find }).fill(number);
  await page.getByRole("searchbox", { name: w.find }).press("Enter");
  await expect(page).toHaveURL(/show=to_pay/);
  await expect(card).toHaveCount(1);
  await page.goto("/account/orders?q=tidak-ada-yang-begini");
  await expect(page.getByText(w.none_found_text)).toBeVisible();
  await whole();
  await axe();
  await shot("orders-none-found");
  await page.getByRole("link", { name: w.show_all }).click();
  await expect(page).toHaveURL("/account/orders");

  await page.goto(payment);
  await payAtBank(page);
  await arrived(page);
  await page.goto("/account/orders");
  await card.getByRole("link", { name: w.details_of.replace("{number}", number) }).click();
  await expect(page).toHaveURL(/\/account\/orders\/[0-9a-f-]+$/);
  const order = new URL(page.url()).pathname;
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number);
  // What happened stands in its order, the latest marked.
  await expect(page.locator(".timeline-step")).toHaveCount(2);
  await expect(page.locator(".timeline-step[aria-current=step]")).toContainText("Pembayaran diterima");
  await addsUp(page);
  await whole();
  await axe();
  await shot("order-paid");

  await page.getByRole("link", { name: w.invoice, exact: true }).click();
  await expect(page).toHaveURL(`${order}/invoice`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText(number);
  await expect(page.getByRole("row")).toHaveCount(2);
  await addsUp(page);
  await whole();
  await axe();
  await shot("invoice");
  await page.emulateMedia({ media: "print" });
  await expect(page.getByRole("link", { name: w.back_to_order })).toBeHidden();
  await shot("invoice-print");
  await page.emulateMedia({ media: null });

  // Cancelled while the seller has not begun, it can be bought again from the list.
  await page.goto(order);
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  await page.getByRole("button", { name: w.cancel, exact: true }).click();
  await page.getByRole("radio", { name: "Berubah pikiran" }).check();
  await whole();
  await axe();
  await shot("order-cancel");
  await press(page, w.cancel_yes);
  await expect(page.locator(".timeline-step[aria-current=step]")).toContainText("Dibatalkan oleh Anda");
  await expect(page.locator(".timeline-step[aria-current=step]")).toContainText("Berubah pikiran");
  // By then it may be what has become of the order, too.
  await expect(page.locator(".fact").filter({ hasText: w.refunded }).last()).toContainText("Rp");
  await expect(page.getByRole("button", { name: w.cancel, exact: true })).toHaveCount(0);
  await whole();
  await axe();
  await shot("order-cancelled");
  await page.goto("/account/orders?show=cancelled");
  await press(page, w.buy_again);
  await expect(page).toHaveURL("/cart");
  await expect(page.getByRole("main").getByRole("heading", { name })).toBeVisible();
});

test("a guest sees what was ordered from two shops, by the cookie alone", async ({ page, browser, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  const goods = await buyFromShops(page, js, 2);
  await fillGuest(page, js, VA);
  await place(page);
  await payAtBank(page);
  await arrived(page);
  // What came by itself moved what stood there; the pages that follow are in the same document.
  await page.reload();
  await page.getByRole("link", { name: checkout.see_orders }).click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]+$/);
  const group = page.url();
  await expect(page.getByRole("heading", { level: 1, name: w.group_paid })).toBeVisible();
  await expect(page.getByRole("article")).toHaveCount(2);
  for (const { name } of goods) await expect(page.getByRole("heading", { level: 2, name }).first()).toBeVisible();
  await expect(page.getByText(w.guest_note)).toBeVisible();
  // A guest has no account whose parts could be listed.
  await expect(page.getByRole("navigation", { name: account.sections })).toHaveCount(0);
  await addsUp(page);
  await whole();
  await axe();
  await shot("orders-group");

  await page.getByRole("article").first().getByRole("link", { name: /^Lihat detail/ }).click();
  await expect(page).toHaveURL(/\/account\/orders\/[0-9a-f-]+$/);
  const order = page.url();
  await addsUp(page);
  await whole();
  await axe();
  await shot("order-guest");

  // Another browser is asked who it is; one with a cart of its own is told that there is nothing.
  const stranger = await browser.newContext();
  try {
    for (const url of [group, order, `${order}/invoice`]) {
      const answer = await stranger.request.get(url, { maxRedirects: 0, headers: { accept: "text/html" } });
      expect(answer.status()).toBe(302);
      expect(answer.headers()["location"]).toMatch(/^\/sign-in\?next=/);
    }
    const other = await stranger.newPage();
    await buySomething(other, js);
    for (const url of [group, order, `${order}/invoice`]) {
      expect((await stranger.request.get(url)).status()).toBe(404);
    }
  } finally {
    await stranger.close();
  }
});

test("what is not paid yet is cancelled with all that would be paid with it", async ({ page, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  await buyFromShops(page, js, 2);
  await fillGuest(page, js, VA);
  await place(page);
  await page.locator("a[href^='/account/orders/']").first().click();
  await expect(page.getByRole("link", { name: w.pay_now })).toBeVisible();
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  await page.getByRole("button", { name: w.cancel, exact: true }).click();
  await expect(page.getByText(w.cancel_unpaid)).toBeVisible();
  await page.getByRole("radio", { name: "Alamatnya salah" }).check();
  await press(page, w.cancel_yes);
  await expect(page.locator(".timeline-step[aria-current=step]")).toContainText("Dibatalkan oleh Anda");
  await page.getByRole("link", { name: w.see_group }).click();
  await expect(page.getByRole("heading", { level: 1, name: w.group_cancelled })).toBeVisible();
  await expect(page.getByRole("article").filter({ hasText: "Dibatalkan" })).toHaveCount(2);
  await whole();
  await axe();
  await shot("orders-group-cancelled");
});

test("a guest's address that is refused keeps what was typed", async ({ page, js, expectFailures, whole, axe, shot }) => {
  test.slow();
  if (js) expectFailures(["422 POST /_fn/account/addresses/rpc/set_guest_address"]);
  // Without a cart there is nothing to send.
  await page.goto("/checkout/address");
  await expect(page).toHaveURL("/cart");
  await buySomething(page, js);
  await page.goto("/checkout/address");
  await page.getByLabel(account.place_find).fill("kebayoran baru");
  await page.getByLabel(account.place_find).press("Enter");
  await page.getByRole("main").getByRole("link", { name: /Kebayoran Baru Jakarta Selatan/ }).click();
  await expect(page.locator(".place-chosen")).toContainText("Kebayoran Baru");
  await page.getByLabel(account.postcode).selectOption("12110");
  await page.getByLabel(account.recipient).fill("Sari Wulandari");
  await page.getByLabel(account.phone).fill("12");
  await page.getByLabel(account.street).fill("Jl. Melati No. 5, RT 03/RW 04");
  await press(page, account.save);
  await expect(page.getByText(account.phone_wrong)).toBeVisible();
  await expect(page.getByLabel(account.street)).toHaveValue("Jl. Melati No. 5, RT 03/RW 04");
  await whole();
  await axe();
  await shot("checkout-address");
  await page.getByLabel(account.phone).fill("0812 3456 7890");
  await press(page, account.save);
  await expect(page).toHaveURL("/checkout");
  await expect(page.locator("#address")).toContainText("Kebayoran Baru");
  // Looked at again, it is there to be changed.
  await page.goto("/checkout/address");
  await expect(page.getByLabel(account.street)).toHaveValue("Jl. Melati No. 5, RT 03/RW 04");
  await expect(page.locator(".place-chosen")).toContainText("Kebayoran Baru");
});

test("an address that the checkout asked for leads back to it, whatever else its address says", async ({ page, request, js }) => {
  test.slow();
  await register(page, request);
  await buySomething(page, js);
  await page.goto("/checkout/address");
  await expect(page).toHaveURL("/checkout");
  await page.goto("/account/addresses/new?next=/checkout");
  await fillAddress(page);
  await expect(page).toHaveURL("/checkout");
  // Another site is nowhere to go.
  await page.goto("/account/addresses/new?next=//elsewhere.example");
  await expect(page.getByRole("link", { name: account.cancel })).toHaveAttribute("href", "/account/addresses");
});
