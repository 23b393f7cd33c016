import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, words } from "./base";
import { press } from "./people";

const account = words("account", "id");
const cart = words("cart", "id");
const checkout = words("checkout", "id");

export interface Goods {
  name: string;
  /** With the variant that was chosen. */
  href: string;
  shop: string;
}

/** Where there is a script, what is pressed before it is awake is sent as without one. */
async function ready(page: Page, js: boolean): Promise<void> {
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
}

/**
 * Opens a product that can be bought, its variant chosen, out of those that `list` shows: a search, a category or a
 * shop. Products of the shops in `notOf` are passed over, and `skip` more that could be bought.
 */
export async function openProduct(page: Page, js: boolean, list = "/search?sort=sold", notOf: string[] = [], skip = 0): Promise<Goods> {
  await page.goto(list);
  const card = page.locator(".product-card:not(:has(.product-card-veil)) .product-card-link");
  await expect(card.first()).toBeVisible();
  const products = await card.evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  for (const product of products) {
    await page.goto(product);
    const shop = (await page.locator(".shop-panel .shop-name a").getAttribute("href"))!;
    if (notOf.includes(shop)) continue;
    const inStock = page.locator(".option:not(.option-gone)").first();
    if ((await inStock.count()) > 0) await page.goto((await inStock.getAttribute("href"))!);
    const add = page.getByRole("main").getByRole("button", { name: cart.add, exact: true });
    if (await add.isDisabled()) continue;
    if (skip-- > 0) continue;
    await ready(page, js);
    const name = (await page.getByRole("heading", { level: 1 }).innerText()).trim();
    return { name, href: new URL(page.url()).pathname + new URL(page.url()).search, shop };
  }
  throw new Error(`None of the products at ${list} can be bought`);
}

/** Puts what is open into the cart. Without JavaScript the cart is what comes next. */
export async function addToCart(page: Page, js: boolean, quantity?: number): Promise<void> {
  if (quantity !== undefined) await page.getByRole("main").locator(".purchase input[name=quantity]").fill(String(quantity));
  await press(page, cart.add);
  if (js) await expect(page.getByRole("main").getByText(cart.added)).toBeVisible();
  else await expect(page).toHaveURL("/cart");
}

/** Opens a product that can be bought and puts it into the cart. */
export async function buySomething(page: Page, js: boolean, list?: string, notOf?: string[]): Promise<Goods> {
  const goods = await openProduct(page, js, list, notOf);
  await addToCart(page, js);
  return goods;
}

/** Things from so many shops. */
export async function buyFromShops(page: Page, js: boolean, shops: number): Promise<Goods[]> {
  const bought: Goods[] = [];
  for (let i = 0; i < shops; i++) {
    const known = bought.map((goods) => goods.shop);
    bought.push(await buySomething(page, js, "/search?sort=sold", known));
  }
  return bought;
}

/** A choice of the checkout: with JavaScript it is sent by making it. */
export async function choose(page: Page, js: boolean, label: string | RegExp): Promise<void> {
  const radio = page.getByRole("main").getByRole("radio", { name: label }).first();
  await radio.check();
  if (js) return;
  const form = page.locator("form").filter({ has: page.getByRole("radio", { name: label }) }).first();
  await form.getByRole("button", { name: checkout.use_choice, exact: true }).click();
  await expect(page).toHaveURL(/\/checkout/);
}

/** Types an address in Kebayoran Baru into the form that is open. */
export async function fillAddress(page: Page, postcode = "12110"): Promise<void> {
  await page.getByLabel(account.place_find).fill("kebayoran baru");
  await page.getByLabel(account.place_find).press("Enter");
  await page.getByRole("main").getByRole("link", { name: /Kebayoran Baru Jakarta Selatan/ }).click();
  await expect(page.locator(".place-chosen")).toContainText("Kebayoran Baru");
  await page.getByLabel(account.postcode).selectOption(postcode);
  await page.getByLabel(account.recipient).fill("Sari Wulandari");
  await page.getByLabel(account.phone).fill("0812 3456 7890");
  await page.getByLabel(account.street).fill("Jl. Melati No. 5, RT 03/RW 04");
  await press(page, account.save);
}

/** Says everything a guest has to say at the checkout, but for the last button. Returns the e-mail address. */
export async function fillGuest(page: Page, js: boolean, method: string | RegExp, postcode?: string): Promise<string> {
  const email = `${randomUUID()}@mail.example`;
  await page.goto("/checkout");
  await ready(page, js);
  await page.getByLabel(checkout.email).fill(email);
  await page.getByLabel(checkout.phone).fill("0812 3456 7890");
  await press(page, checkout.save);
  await expect(page.getByRole("link", { name: checkout.missing_contact, exact: true })).toHaveCount(0);
  await page.getByRole("link", { name: checkout.address_fill, exact: true }).click();
  await expect(page).toHaveURL(/\/checkout\/address/);
  await fillAddress(page, postcode);
  await expect(page).toHaveURL("/checkout");
  await ready(page, js);
  await chooseCouriers(page, js);
  await choose(page, js, method);
  await expect(page.getByText(checkout.missing_title)).toHaveCount(0);
  return email;
}

/** The first courier of each shop that has none yet. */
export async function chooseCouriers(page: Page, js: boolean): Promise<void> {
  const shops = page.locator("fieldset:has(input[name=way])");
  await expect(shops.first()).toBeVisible();
  const count = await shops.count();
  for (let i = 0; i < count; i++) {
    const form = page.locator("form").filter({ has: page.locator("input[name=way]") }).nth(i);
    if ((await form.locator("input[name=way]:checked").count()) > 0) continue;
    await form.locator("input[name=way]").first().check();
    if (!js) await form.getByRole("button", { name: checkout.use_choice, exact: true }).click();
  }
  await expect(page.getByRole("link", { name: checkout.missing_courier, exact: true })).toHaveCount(0);
}

/** Presses the one button; what comes next is the page to pay on. */
export async function place(page: Page): Promise<void> {
  await page.getByRole("main").getByRole("button", { name: /^Bayar Rp/ }).click();
  await expect(page).toHaveURL(/\/pay\/[0-9a-f-]+/);
}

/** The number or code that the page to pay on shows. */
export async function numberToPay(page: Page): Promise<string> {
  const number = page.locator(".pay-number").first();
  await expect(number).toBeVisible();
  return (await number.innerText()).replace(/\s/g, "");
}

/**
 * Pays at the simulated bank, in a window of its own, as a phone would: by the number or code that the page to pay on
 * shows, or did. `how` is the value of the bank's button.
 */
export async function payAtBank(page: Page, how = "pay", number?: string): Promise<void> {
  const code = number ?? (await numberToPay(page));
  const bank = await page.context().newPage();
  await bank.goto("/sim/bank");
  await bank.locator("form[method=get] input").first().fill(code);
  await bank.locator("form[method=get] input").first().press("Enter");
  // Where the answer is; the page that is left lists what others have to pay.
  await bank.waitForURL(/\/sim\/bank(\/pay\/|\?)/);
  if (!bank.url().includes("/sim/bank/pay/")) await bank.locator("a[href*='/sim/bank/pay/']").first().click();
  await expect(bank).toHaveURL(/\/sim\/bank\/pay\//);
  // The window ends with the test: to close it while the answer comes in hangs Chromium now and then.
  const taken = bank.waitForResponse((answer) => answer.request().method() === "POST");
  await bank.locator(`button[value="${how}"]`).click();
  await taken;
}
