import type { Browser, BrowserContext, Page } from "@playwright/test";
import { openProduct, addToCart, fillGuest, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { press, signIn } from "./people";

const sold = words("sold", "id");
const takings = words("takings", "id");
const bought = words("orders", "id");
const checkout = words("checkout", "id");
const door = words("door", "id");

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

async function ready(page: Page, js: boolean): Promise<void> {
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
}

/** Reloads until the page says it: what others do arrives a moment later. */
async function until(page: Page, says: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.reload();
    await says();
  }).toPass({ timeout: 20_000 });
}

/** "−Rp 1.500" is -1500. */
const rupiah = (text: string) => Number(text.replace("−", "-").replace(/[^\d-]/g, ""));

/** Presses a button and waits until the server has answered: a page that is loaded again takes back what it asked. */
async function send(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await press(page, name);
  await answered;
}

/** Moves a parcel along at the simulated carrier, in a window of its own. */
async function carry(page: Page, waybill: string, steps: string[]): Promise<void> {
  const carrier = await page.context().newPage();
  await carrier.goto(`/sim/carrier?waybill=${waybill}`);
  await expect(carrier).toHaveURL(/\/sim\/carrier\/parcels\//);
  for (const step of steps) {
    const done = carrier.waitForResponse((answer) => answer.request().method() === "POST");
    await carrier.locator(`button[value="${step}"]`).click();
    await done;
  }
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
  await payAtBank(page);
  await until(page, () => expect(page.getByRole("heading", { level: 1, name: checkout.paid })).toBeVisible({ timeout: 1_000 }));
  await page.locator("main a[href^='/account/orders/'], main a[href^='/orders/']").first().click();
  if (page.url().includes("/orders/") && !page.url().includes("/account/")) {
    await page.locator("main a[href^='/account/orders/']").first().click();
  }
  await expect(page).toHaveURL(/\/account\/orders\/[0-9a-f-]+$/);
  const id = page.url().split("/").pop()!;
  await expect(page.getByRole("main")).toContainText(/INV\/\d+\/\d+/);
  const number = /INV\/\d+\/\d+/.exec(await page.getByRole("main").innerText())![0];

  const { context, desk } = await asSeller(browser, page, js);
  try {
    // The shop finds it among what is new, and accepts it.
    await desk.goto(`/seller/${shop}/orders?q=${encodeURIComponent(number)}`);
    await ready(desk, js);
    await expect(desk.getByText(number).first()).toBeVisible();
    await desk.getByRole("checkbox", { name: sold.choose.replace("{number}", number) }).check();
    await press(desk, sold.accept_chosen);
    await expect(desk).toHaveURL(/accepted=1/);
    await expect(desk.getByText(sold.accepted_some.replace("{n}", "1"))).toBeVisible();

    // It is packed, its courier booked, and its papers are there.
    await desk.goto(`/seller/${shop}/orders/${id}`);
    await ready(desk, js);
    await desk.getByLabel(sold.weight).fill("900");
    await send(desk, sold.pack);
    await until(desk, () => expect(desk.getByRole("link", { name: sold.label, exact: true })).toBeVisible({ timeout: 1_000 }));
    const waybill = (await desk.locator("dd code").first().innerText()).trim();
    await desk.goto(`/seller/${shop}/orders/${id}/label`);
    await expect(desk.getByText(waybill).first()).toBeVisible();
    await expect(desk.getByRole("img", { name: sold.barcode.replace("{waybill}", waybill) })).toBeVisible();
    await desk.goto(`/seller/${shop}/orders/${id}/slip`);
    await expect(desk.getByText(number).first()).toBeVisible();
    await desk.goto(`/seller/${shop}/orders/${id}`);
    await ready(desk, js);
    await send(desk, sold.hand_over);
    await until(desk, () => expect(desk.getByText(sold.waybill).first()).toBeVisible({ timeout: 1_000 }));

    // The carrier delivers, and the buyer is content.
    await carry(page, waybill, ["picked", "in_transit", "dropping_off", "delivered"]);
    await until(page, () => expect(page.getByRole("main")).toContainText("Sudah sampai", { timeout: 1_000 }));
    await expect(page.getByText(waybill)).toBeVisible();
    await whole();
    await axe();
    await shot("order-delivered");
    await ready(page, js);
    await press(page, sold.received);
    await send(page, sold.received_yes);
    await until(page, () => expect(page.getByRole("main")).toContainText("Selesai", { timeout: 1_000 }));
    await expect(page.getByText(bought.progress)).toBeVisible();

    // The statement says what came in and what was taken off.
    await desk.goto(`/seller/${shop}/money/statement`);
    await expect(desk.getByRole("link", { name: number })).toBeVisible();
    // Each fee stands by its name beneath its sale, and together they are what the balance changed by.
    const sale = desk.locator("tr").filter({ has: desk.getByRole("link", { name: number }) });
    await expect(sale).toContainText("Komisi");
    const parts = await sale.locator(".purse-parts span").allInnerTexts();
    expect(parts.map(rupiah).reduce((sum, part) => sum + part, 0)).toBe(rupiah(await sale.locator("td").nth(2).innerText()));

    // A shop may ask for its money three times a day, and this is the fourth window at the same shop.
    if (!js && page.viewportSize()!.width > 1000) return;

    // The money goes to the bank. Who withdraws proves again who they are where that was long ago.
    await desk.goto(`/seller/${shop}/money`);
    await ready(desk, js);
    if ((await desk.getByText(takings.prove_first).count()) > 0) {
      await desk.getByRole("link", { name: door.prove }).click();
      await desk.getByLabel(door.password).fill(passwordOf(SELLER));
      await desk.getByRole("main").getByRole("button").first().click();
      await ready(desk, js);
    }
    const account = `9${Date.now()}`.slice(0, 12) + "1";
    await desk.getByLabel(takings.number).fill(account);
    await desk.getByLabel(takings.holder).fill("Toko Contoh");
    await press(desk, takings.add_account);
    await expect(desk.getByLabel(takings.amount)).toBeVisible();
    await ready(desk, js);
    await desk.getByLabel(takings.amount).fill("10000");
    await press(desk, takings.withdraw_go);
    await expect(desk).toHaveURL(/asked=1/);
    await until(desk, () => expect(desk.getByRole("row").nth(1)).toContainText("Tiba", { timeout: 1_000 }));
    const bank = await context.newPage();
    await bank.goto("/sim/bank/transfers");
    await expect(bank.locator("tr").filter({ hasText: account.slice(-4) }).first()).toContainText("Rp 10.000");
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
