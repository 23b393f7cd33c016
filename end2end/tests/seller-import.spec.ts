import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { press, signIn } from "./people";

const w = words("goods", "id");

const SELLER = "seller@pasar.example";

async function ready(page: Page, js: boolean): Promise<void> {
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
}

/** The first shop the seller works in. */
async function shopOf(page: Page): Promise<string> {
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const shop = page.getByRole("main").locator('a[href^="/seller/"]:not([href="/seller/open"])').first();
  return (await shop.getAttribute("href"))!;
}

/** Sends a file and waits on its page until it says so. */
async function send(page: Page, js: boolean, shop: string, name: string, content: string | Buffer, says: string): Promise<void> {
  await page.goto(`${shop}/products/import`);
  await ready(page, js);
  await page.getByLabel(w.file_label).setInputFiles({ name, mimeType: "application/octet-stream", buffer: Buffer.from(content) });
  await page.getByLabel(w.stock_label).fill("5");
  await press(page, w.send);
  await expect(page).toHaveURL(/\/products\/import\/[0-9a-f-]{36}$/);
  await settled(page, js, says);
}

/** An awake page looks by itself; the other has a link for it. */
async function settled(page: Page, js: boolean, says: string): Promise<void> {
  const said = page.getByRole("main").getByText(says, { exact: true }).first();
  await expect(async () => {
    if (!js && !(await said.isVisible())) await page.getByRole("link", { name: w.refresh }).click();
    await expect(said).toBeVisible({ timeout: 2_000 });
  }).toPass();
}

async function takeOver(page: Page, js: boolean): Promise<void> {
  await ready(page, js);
  await press(page, w.take_over);
  await settled(page, js, w.done_title);
}

test("a file of goods is checked, taken over, mended, and comes in again as it went out", async ({ page, js, whole, axe, shot }) => {
  test.slow();
  const shop = await shopOf(page);
  const mark = randomBytes(4).toString("hex");
  await page.goto(`${shop}/products`);
  await ready(page, js);
  await whole();
  await axe();
  await page.getByRole("main").getByRole("link", { name: w.import_link, exact: true }).click();
  await expect(page).toHaveURL(`${shop}/products/import`);
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-import");

  const file =
    "product_id,category,name,location,price_idr,rating,sold,review_count\n" +
    `${mark}-1,Men's Fashion,Kaos Impor ${mark} Satu,Jakarta Utara,53500,4.9,5449,2369\n` +
    `${mark}-2,Men's Fashion,Kaos Impor ${mark} Dua,Jakarta Utara,murah,4.9,12,3\n` +
    `${mark}-3,Books,Buku Impor ${mark} Tiga,Jakarta Utara,89000,4.8,163,119\n`;
  await send(page, js, shop, "listings.csv", file, w.checked_title);
  await expect(page.getByText("location, rating, sold, review_count")).toBeVisible();
  const bad = page.getByRole("region", { name: w.bad_title }).locator("tbody tr").last();
  await expect(bad).toContainText("price_idr");
  await expect(bad).toContainText("Bukan angka");
  // As one finds it who comes back: what is under way makes room for what came of it.
  await page.reload();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-import-checked");
  await takeOver(page, js);
  await page.reload();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-import-done");

  // What was wrong is mended in the file of bad rows, and that is sent.
  const rows = await page.getByRole("link", { name: w.bad_download }).getAttribute("href");
  const told = await (await page.request.get(rows!)).text();
  expect(told).toContain("price_idr,not_a_number");
  await send(page, js, shop, "perbaikan.csv", told.replace("murah", "60000"), w.checked_title);
  await takeOver(page, js);
  await page.goto(`${shop}/products?q=${mark}`);
  for (const name of ["Kaos Impor %s Satu", "Kaos Impor %s Dua", "Buku Impor %s Tiga"]) {
    await expect(page.getByRole("heading", { name: name.replace("%s", mark) })).toBeVisible();
  }

  // Taken out and sent in as it is, nothing of it is to be written; a changed price is.
  const csv = await page.getByRole("link", { name: w.export_csv }).getAttribute("href");
  const out = await (await page.request.get(csv!)).text();
  expect(out.trim().split("\n")).toHaveLength(4);
  await send(page, js, shop, "barang.csv", out, w.nothing_to_write);
  const book = await page.request.get(csv!.replace("as=csv", "as=xlsx"));
  expect(book.headers()["content-type"]).toContain("spreadsheetml");
  await send(page, js, shop, "barang.xlsx", await book.body(), w.nothing_to_write);
  await send(page, js, shop, "harga.csv", out.replace(",60000,", ",61000,"), w.checked_title);
  const change = page.getByRole("region", { name: w.changed_title }).locator("tbody tr").last();
  await expect(change).toContainText("60000");
  await expect(change).toContainText("61000");
  await page.reload();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-import-changes");
  await takeOver(page, js);
  await page.goto(`${shop}/products?q=${mark}`);
  // The one that was mended came last, and stands first.
  await expect(page.locator("[name=price]").first()).toHaveValue("61000");

  await page.goto(`${shop}/products/import`);
  await expect(page.getByRole("link", { name: "harga.csv" }).first()).toBeVisible();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-import-list");
});

test("what is no file of goods is refused kindly", async ({ page, js }) => {
  const shop = await shopOf(page);
  await page.goto(`${shop}/products/import`);
  await ready(page, js);
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]);
  await page.getByLabel(w.file_label).setInputFiles({ name: "foto.png", mimeType: "image/png", buffer: picture });
  await press(page, w.send);
  await expect(page).toHaveURL(`${shop}/products/import?refused=wrong`);
  await expect(page.getByText(w.not_a_sheet)).toBeVisible();
  await send(page, js, shop, "kolom.csv", "nama,harga\nKaos,5000\n", w.failed_title);
  await expect(page.getByRole("link", { name: w.another })).toBeVisible();
});
