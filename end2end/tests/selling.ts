import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, words } from "./base";
import { scanned } from "./codes";
import { passwordOf } from "./mail";
import { press, signIn } from "./people";

const account = words("account", "id");
const checkout = words("checkout", "id");
const door = words("door", "id");
const seller = words("seller", "id");
const sold = words("sold", "id");
const takings = words("takings", "id");

/** An order as its shop knows it. */
export interface Sale {
  id: string;
  number: string;
}

/** The same journey runs in each of them, two at once. */
export const PROJECTS = ["desktop", "desktop, no JavaScript", "phone", "phone, no JavaScript"];

/** So many hours from now, as a field for a moment in Jakarta takes it. */
export const jakarta = (hours: number) => new Date(Date.now() + (hours + 7) * 3_600_000).toISOString().slice(0, 16);

/** An amount as it is written. */
export const amount = (n: number) => new RegExp(`Rp\\s${n.toLocaleString("id-ID").replaceAll(".", "\\.")}(?!\\.?\\d)`);

/** Signs in as the demonstration's seller; where the shop's pages are, and its address. */
export async function atShop(page: Page): Promise<{ desk: string; slug: string }> {
  const contact = "seller@pasar.example";
  await signIn(page, contact, passwordOf(contact));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const desk = (await page.locator("main a[href^='/seller/']:not([href='/seller/open'])").first().getAttribute("href"))!;
  return { desk, slug: desk.replace("/seller/", "") };
}

/** Where there is a script, what is pressed before it is awake is sent as without one. */
export async function ready(page: Page, js: boolean): Promise<void> {
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
}

/** Reloads until the page says it: what others do arrives a moment later. */
export async function until(page: Page, says: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.reload();
    await says();
  }).toPass({ timeout: 20_000 });
}

/** Presses a button and waits until the server has answered: a page that is loaded again takes back what it asked. */
export async function send(page: Page, name: string): Promise<void> {
  // What a page asks by itself is JSON, and no form.
  const isForm = (type = "") => !type.includes("json");
  const answered = page.waitForResponse(
    (answer) => answer.request().method() === "POST" && isForm(answer.request().headers()["content-type"]),
  );
  await press(page, name);
  await answered;
}

/** "−Rp 1.500" is -1500. */
export const rupiah = (text: string) => Number(text.replace("−", "-").replace(/[^\d-]/g, ""));

/** Opens a shop in Kebayoran Baru, and says its name and its address. */
export async function openShop(page: Page, kind: string): Promise<{ name: string; slug: string }> {
  const mark = randomBytes(4).toString("hex");
  const shop = { name: `${kind} ${mark}`, slug: `${kind.toLowerCase()}-${mark}` };
  await page.goto("/seller/open");
  await page.getByLabel(account.place_find).fill("kebayoran baru");
  await page.getByLabel(account.place_find).press("Enter");
  await page.getByRole("main").getByRole("link", { name: /Kebayoran Baru Jakarta Selatan/ }).click();
  await expect(page.locator(".place-chosen")).toContainText("Kebayoran Baru");
  await page.getByLabel(seller.name, { exact: true }).fill(shop.name);
  await press(page, seller.open_button);
  await expect(page).toHaveURL(`/seller/${shop.slug}`);
  return shop;
}

/** Sends what shows who owns the shop. */
export async function showWhoOwns(page: Page, slug: string): Promise<void> {
  const photograph = (name: string) => join(import.meta.dirname, `../../server/media/tests/fixtures/${name}`);
  await page.goto(`/seller/${slug}/verification`);
  await page.locator("#field-legal_name").fill("Sari Wulandari");
  await page.locator("#identity_card").setInputFiles(photograph("adam-birkett-239153-unsplash.jpg"));
  await page.locator("#selfie").setInputFiles(photograph("florian-klauer-14840-unsplash.jpg"));
  await press(page, seller.send_documents);
  await expect(page.getByText(seller.in_review, { exact: true })).toBeVisible();
}

/** From the page to pay on, when its payment has arrived, to the order; and says which that is. */
export async function orderPaid(page: Page): Promise<Sale> {
  await until(page, () => expect(page.getByRole("heading", { level: 1, name: checkout.paid })).toBeVisible({ timeout: 1_000 }));
  await page.locator("main a[href^='/account/orders/']").first().click();
  await expect(page).toHaveURL(/\/account\/orders\/[0-9a-f-]+$/);
  const number = /INV\/\d+\/\d+/;
  await expect(page.getByRole("main")).toContainText(number);
  const said = await page.getByRole("main").innerText();
  return { id: page.url().split("/").pop()!, number: number.exec(said)![0] };
}

/** The shop accepts an order, packs it and hands it over; what its parcel is called. */
export async function fulfil(desk: Page, js: boolean, shop: string, { id, number }: Sale): Promise<string> {
  // It is found among what is new.
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
  const bars = desk.getByRole("img", { name: sold.barcode.replace("{waybill}", waybill) });
  expect(await scanned(bars, "CODE_128")).toBe(waybill);
  expect(await scanned(desk.locator(".label-qr"), "QR_CODE")).toBe(waybill);
  await desk.goto(`/seller/${shop}/orders/${id}/slip`);
  await expect(desk.getByText(number).first()).toBeVisible();
  await desk.goto(`/seller/${shop}/orders/${id}`);
  await ready(desk, js);
  await send(desk, sold.hand_over);
  await until(desk, () => expect(desk.getByText(sold.waybill).first()).toBeVisible({ timeout: 1_000 }));
  return waybill;
}

/** Moves a parcel to its buyer at the simulated carrier, in a window of its own. */
export async function carry(page: Page, waybill: string): Promise<void> {
  const carrier = await page.context().newPage();
  await carrier.goto(`/sim/carrier?waybill=${waybill}`);
  await expect(carrier).toHaveURL(/\/sim\/carrier\/parcels\//);
  for (const step of ["picked", "in_transit", "dropping_off", "delivered"]) {
    const done = carrier.waitForResponse((answer) => answer.request().method() === "POST");
    await carrier.locator(`button[value="${step}"]`).click();
    await done;
  }
}

/** The buyer has the order open, sees that it has arrived, and is content. */
export async function content(page: Page, js: boolean, waybill: string): Promise<void> {
  await until(page, () => expect(page.getByRole("main")).toContainText("Sudah sampai", { timeout: 1_000 }));
  await expect(page.getByText(waybill)).toBeVisible();
  await ready(page, js);
  await press(page, sold.received);
  await send(page, sold.received_yes);
  await until(page, () => expect(page.getByRole("main")).toContainText("Selesai", { timeout: 1_000 }));
}

/** The statement has a sale in it, and beneath it each fee by its name; together they are what the balance changed by. */
export async function addsUp(desk: Page, shop: string, { number }: Sale): Promise<void> {
  await desk.goto(`/seller/${shop}/money/statement`);
  const sale = desk.locator("tr").filter({ has: desk.getByRole("link", { name: number }) });
  await expect(sale).toContainText("Komisi");
  const parts = await sale.locator(".purse-parts span").allInnerTexts();
  expect(parts.map(rupiah).reduce((sum, part) => sum + part, 0)).toBe(rupiah(await sale.locator("td").nth(2).innerText()));
}

/** Ten thousand rupiah go to the bank and arrive. Who withdraws proves again who they are where that was long ago. */
export async function withdraw(desk: Page, js: boolean, shop: string, password: string): Promise<void> {
  await desk.goto(`/seller/${shop}/money`);
  await ready(desk, js);
  await expect(desk.locator(".purse-sum").first()).toBeVisible();
  if ((await desk.getByText(takings.prove_first).count()) > 0) {
    await desk.getByRole("link", { name: door.prove }).click();
    await desk.getByLabel(door.password).fill(password);
    await desk.getByRole("main").getByRole("button").first().click();
  }
  const account = `9${Date.now()}`.slice(0, 12) + "1";
  await expect(desk.getByLabel(takings.number)).toBeVisible();
  await ready(desk, js);
  await desk.getByLabel(takings.number).fill(account);
  await desk.getByLabel(takings.holder).fill("Toko Contoh");
  await press(desk, takings.add_account);
  const to = desk.getByLabel(takings.to_account);
  const added = await to.locator("option").filter({ hasText: account.slice(-4) }).first().getAttribute("value");
  await ready(desk, js);
  await to.selectOption(added);
  await desk.getByLabel(takings.amount).fill("10000");
  await press(desk, takings.withdraw_go);
  await expect(desk).toHaveURL(/asked=1/);
  await until(desk, () => expect(desk.getByRole("row").nth(1)).toContainText("Tiba", { timeout: 1_000 }));
  const bank = await desk.context().newPage();
  await bank.goto("/sim/bank/transfers");
  await expect(bank.locator("tr").filter({ hasText: account.slice(-4) }).first()).toContainText("Rp 10.000");
}
