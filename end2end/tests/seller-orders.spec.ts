import type { Browser, BrowserContext, Page } from "@playwright/test";
import { openProduct, addToCart, fillGuest, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { signIn } from "./people";
import { addsUp, carry, content, fulfil, orderPaid, ready, until, withdraw } from "./selling";

const bought = words("orders", "id");

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
