import type { Browser, BrowserContext, Page } from "@playwright/test";
import { openProduct, addToCart, fillGuest, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { press, signIn } from "./people";
import { addsUp, carry, content, fulfil, orderPaid, ready, send, until, withdraw } from "./selling";

const bought = words("orders", "id");
const sold = words("sold", "id");

const VA = /BCA Virtual Account/;
const events = /\/pay\/\S+\/events/;
const SELLER = "seller@pasar.example";

/** The seller, in a browser of their own. */
async function asSeller(browser: Browser, page: Page, js: boolean): Promise<{ context: BrowserContext; desk: Page }> {
  const context = await browser.newContext({
    javaScriptEnabled: js,
    viewport: page.viewportSize(),
    baseURL: new URL(page.url()).origin,
    extraHTTPHeaders: { "x-forwarded-for": `10.9.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}` },
  });
  const desk = await context.newPage();
  await signIn(desk, SELLER, passwordOf(SELLER));
  await expect(desk).not.toHaveURL(/sign-in/);
  return { context, desk };
}

test("an order goes from paid to money in the shop's bank", async ({ page, browser, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  // A guest buys, and pays at the bank.
  const goods = await openProduct(page, js);
  const shop = goods.shop.replace("/shop/", "");
  await addToCart(page, js);
  await fillGuest(page, js, VA);
  await place(page);
  const { context, desk } = await asSeller(browser, page, js);
  try {
    await desk.goto(`/seller/${shop}/orders`);
    await ready(desk, js);
    await payAtBank(page);
    const sale = await orderPaid(page);
    // Whoever looks at the list hears of it.
    if (js) await expect(desk.getByText(sale.number).first()).toBeVisible();
    const waybill = await fulfil(desk, js, shop, sale);
    await carry(page, waybill);
    await until(page, () => expect(page.getByRole("main")).toContainText("Sudah sampai", { timeout: 1_000 }));
    await whole();
    await axe();
    await shot("order-delivered");
    await content(page, js, waybill);
    await expect(page.getByText(bought.progress)).toBeVisible();
    await addsUp(desk, shop, sale);
    for (const paper of [`orders/${sale.id}/label.pdf`, "money/statement.pdf"]) {
      const file = await desk.request.get(`/seller/${shop}/${paper}`);
      expect(file.status(), paper).toBe(200);
      expect((await file.body()).subarray(0, 5).toString(), paper).toBe("%PDF-");
    }
    // A shop may ask for its money three times a day, and this is the fourth window at the same shop.
    if (!js && page.viewportSize()!.width > 1000) return;
    await withdraw(desk, js, shop, passwordOf(SELLER));
  } finally {
    await context.close();
  }
});

test("an order goes in two parcels, one of them fetched when its shop says, and one piece is left out", async ({ page, browser, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(events);
  const goods = await openProduct(page, js);
  const shop = goods.shop.replace("/shop/", "");
  await addToCart(page, js, 3);
  await fillGuest(page, js, VA);
  await place(page);
  await payAtBank(page);
  const sale = await orderPaid(page);
  const { context, desk } = await asSeller(browser, page, js);
  const parcels = desk.locator("article.parcel");
  const order = async () => {
    await desk.goto(`/seller/${shop}/orders/${sale.id}`);
    await ready(desk, js);
  };
  try {
    await order();
    await send(desk, sold.accept);

    // One of three is packed, to be brought to the counter at first.
    await order();
    await desk.getByLabel(/^Jumlah /).fill("1");
    await desk.getByLabel(sold.weight).fill("400");
    await desk.locator("select[name=collection]").selectOption("drop_off");
    await send(desk, sold.pack);
    await until(desk, () => expect(parcels.locator("code")).toHaveCount(1, { timeout: 1_000 }));
    await expect(parcels.first().locator("dl")).toContainText(sold.drop_off);

    // Then its courier is to come after all.
    await ready(desk, js);
    await parcels.first().getByText(sold.collection_change).click();
    await parcels.first().locator("select[name=collection]").selectOption({ index: 0 });
    await send(desk, sold.collection_save);
    await until(desk, () => expect(parcels.first().locator("dl")).toContainText(/Dijemput \d+/, { timeout: 1_000 }));
    await until(desk, () => expect(parcels.locator("code")).toHaveCount(1, { timeout: 1_000 }));
    const first = (await parcels.locator("code").first().innerText()).trim();
    await desk.goto(`/seller/${shop}/orders/${sale.id}/label`);
    await expect(desk.locator(".label")).toContainText(/Dijemput \d+/);
    const carrier = await page.context().newPage();
    await carrier.goto(`/sim/carrier?waybill=${first}`);
    await expect(carrier.locator("dl")).toContainText("Dijemput antara");

    await order();
    await send(desk, sold.hand_over_parcel.replace("{n}", "1"));
    await until(desk, () => expect(desk.getByText(sold.partly_todo)).toBeVisible({ timeout: 1_000 }));
    await whole();
    await axe();
    await carry(page, first);
    await until(page, () => expect(page.getByText(bought.partly_sent)).toBeVisible({ timeout: 1_000 }));
    await expect(page.getByText(first)).toBeVisible();

    // One is left out, and the last follows.
    await order();
    await press(desk, sold.leave_out);
    const asked = desk.locator("#leave-out");
    await asked.getByLabel(/yang tidak dikirim$/).fill("1");
    await asked.getByRole("radio").first().check();
    await send(desk, sold.leave_out_yes);
    await until(desk, () => expect(parcels).toHaveCount(2, { timeout: 1_000 }));
    await order();
    await send(desk, sold.pack);
    await until(desk, () => expect(parcels.locator("code")).toHaveCount(2, { timeout: 1_000 }));
    const second = (await parcels.locator("code").nth(1).innerText()).trim();
    await order();
    await send(desk, sold.hand_over);
    await carry(page, second);
    await until(page, () => expect(page.getByRole("main")).toContainText("Sudah sampai", { timeout: 1_000 }));
    await expect(page.getByRole("heading", { name: /^Paket 2 dari 2/ })).toBeVisible();
    await expect(page.getByRole("heading", { name: sold.left_out, exact: true })).toBeVisible();
    await whole();
    await axe();
    await shot("order-in-parcels");
    await content(page, js, second);
    await addsUp(desk, shop, sale);
  } finally {
    await context.close();
  }
});

test("the seller centre's orders and money hold together on every screen", async ({ page, js, whole, axe, shot }) => {
  test.slow();
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const shop = (await page.locator("main a[href^='/seller/']:not([href='/seller/open'])").first().getAttribute("href"))!;
  for (const [path, name] of [
    [shop, "seller-today"],
    [`${shop}/orders`, "seller-orders"],
    [`${shop}/orders?show=all`, "seller-orders-all"],
    [`${shop}/money`, "seller-money"],
    [`${shop}/money/statement`, "seller-statement"],
  ] as const) {
    await page.goto(path);
    await ready(page, js);
    await whole();
    await axe();
    await shot(name);
  }
  await page.goto(`${shop}/orders?show=all`);
  await page.locator(".order-name a").first().click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]+$/);
  await whole();
  await axe();
  await shot("seller-order");
});
