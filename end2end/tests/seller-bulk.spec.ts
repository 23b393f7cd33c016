import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { press, signIn } from "./people";
import { ready, until } from "./selling";

const w = words("bulk", "id");
const files = words("goods", "id");
const seller = words("seller", "id");

const SELLER = "seller@pasar.example";

/** The first shop the seller works in. */
async function shopOf(page: Page): Promise<string> {
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const shop = page.getByRole("main").locator('a[href^="/seller/"]:not([href="/seller/open"])').first();
  return (await shop.getAttribute("href"))!;
}

/** Three goods of our own, brought in as a file. */
async function goods(page: Page, js: boolean, shop: string, mark: string): Promise<void> {
  const rows = ["Satu", "Dua", "Tiga"].map((name, n) => `${mark}-${n},Kaos ${mark} ${name},fashion-pria,${50_000 + n * 1_000},5`);
  await page.goto(`${shop}/products/import`);
  await ready(page, js);
  const content = `sku,name,category,price,stock\n${rows.join("\n")}\n`;
  await page.getByLabel(files.file_label).setInputFiles({ name: "kaos.csv", mimeType: "text/csv", buffer: Buffer.from(content) });
  await press(page, files.send);
  await expect(page).toHaveURL(/\/products\/import\/[0-9a-f-]{36}$/);
  await until(page, () => expect(page.getByText(files.checked_title, { exact: true })).toBeVisible({ timeout: 1_000 }));
  await ready(page, js);
  await press(page, files.take_over);
  await until(page, () => expect(page.getByText(files.done_title, { exact: true }).first()).toBeVisible({ timeout: 1_000 }));
}

test("a seller changes many goods at once, sees it first, and puts it back", async ({ page, js, expectFailures, whole, axe, shot }) => {
  test.slow();
  // A form that is refused says so with the status.
  if (js) expectFailures([/422 POST \/_fn\/seller\/bulk\/rpc\/choose_goods/, /422 POST \/_fn\/seller\/bulk\/rpc\/plan_goods_edit/]);
  const shop = await shopOf(page);
  const mark = `m${randomBytes(4).toString("hex")}`;
  await goods(page, js, shop, mark);

  const list = `${shop}/products?q=${mark}`;
  await page.goto(list);
  await ready(page, js);
  await whole();
  await axe();
  await press(page, w.change_chosen);
  await expect(page.getByText(w.none_chosen)).toBeVisible();
  await page.goto(list);
  await ready(page, js);
  await page.getByRole("checkbox", { name: `Pilih Kaos ${mark} Satu` }).check();
  await page.getByRole("checkbox", { name: `Pilih Kaos ${mark} Tiga` }).check();
  await shot("seller-bulk-ticked");
  await press(page, w.change_chosen);
  await expect(page).toHaveURL(/\/products\/bulk\/[0-9a-f-]{36}$/);
  const edit = page.url();
  await page.reload();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-bulk-asked");

  // What is wrong is said beside its field, and what was typed stays.
  await page.locator("#bulk-value").fill("naik");
  await press(page, w.preview);
  await expect(page.locator("#bulk-value-error")).toBeVisible();
  await expect(page.locator("#bulk-value")).toHaveValue("naik");
  await ready(page, js);
  await page.locator("#bulk-value").fill("10");
  await page.locator("#bulk-round").selectOption("500");
  await press(page, w.preview);
  const changes = page.getByRole("region", { name: w.rows });
  await expect(changes.locator("tbody tr")).toHaveCount(2);
  await expect(changes).toContainText(/Rp\s52\.000/);
  await expect(changes).toContainText(/Rp\s57\.500/);
  await page.goto(list);
  const prices = page.getByLabel(seller.price, { exact: true });
  const shown = async () => (await Promise.all((await prices.all()).map((price) => price.inputValue()))).sort();
  await expect(prices).toHaveCount(3);
  expect(await shown()).toEqual(["50000", "51000", "52000"]);

  await page.goto(edit);
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-bulk-planned");
  await press(page, w.apply.replace("{n}", "2"));
  await expect(page.getByText(w.done.replace("{n}", "2"))).toBeVisible();
  await page.reload();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-bulk-done");
  await page.goto(list);
  await expect(prices).toHaveCount(3);
  expect(await shown()).toEqual(["51000", "55000", "57500"]);

  // One of them is changed by hand since: that one stays.
  await ready(page, js);
  await page.getByRole("main").getByRole("link", { name: w.edits }).click();
  await expect(page).toHaveURL(`${shop}/products/bulk`);
  await whole();
  await axe();
  await page.goto(list);
  await ready(page, js);
  const one = page.locator(".stall-row", { has: page.locator('input[value="57500"]') });
  await one.getByLabel(seller.price, { exact: true }).fill("60000");
  const saved = page.waitForResponse((answer) => answer.request().method() === "POST");
  await one.getByRole("button").click();
  await saved;
  await page.goto(edit);
  await ready(page, js);
  await press(page, w.undo);
  await expect(page.getByText(w.undone.replace("{n}", "1"))).toBeVisible();
  await expect(page.getByRole("region", { name: w.kept_title })).toContainText("Sudah diubah lagi");
  await page.reload();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-bulk-undone");
  await page.goto(list);
  expect(await shown()).toEqual(["50000", "51000", "60000"]);

  // They leave the shelf together.
  await ready(page, js);
  for (const tick of await page.getByRole("checkbox", { name: /^Pilih Kaos/ }).all()) await tick.check();
  await press(page, w.change_chosen);
  await expect(page).toHaveURL(/\/products\/bulk\/[0-9a-f-]{36}$/);
  await ready(page, js);
  await page.locator("#bulk-kind").selectOption("archive");
  await expect(page.locator("#bulk-value")).toBeHidden();
  await press(page, w.preview);
  await expect(page.getByRole("region", { name: w.rows }).locator("tbody tr")).toHaveCount(3);
  await ready(page, js);
  await press(page, w.apply.replace("{n}", "3"));
  await expect(page.getByText(w.done.replace("{n}", "3"))).toBeVisible();
  await page.goto(list);
  await expect(page.getByText(seller.goods_no_match)).toBeVisible();
});
