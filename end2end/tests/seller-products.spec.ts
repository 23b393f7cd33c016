import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { press, signIn, signOut } from "./people";

const w = words("editor", "id");

const SELLER = "seller@pasar.example";
const photograph = join(import.meta.dirname, "../../server/media/tests/fixtures/adam-birkett-239153-unsplash.jpg");

/** Presses a button and waits until the server has answered. */
async function send(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await press(page, name);
  await answered;
}

/** The goods of the first shop the seller works in. */
async function goods(page: Page): Promise<string> {
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const shop = await page.getByRole("main").locator('a[href^="/seller/"]:not([href="/seller/open"])').first().getAttribute("href");
  await page.goto(`${shop}/products`);
  return shop!;
}

test("a seller makes a product with options and a photograph, and a shopper finds it", async ({ page, js, expectFailures, awake, whole, axe, shot }) => {
  test.slow();
  // A form that is refused says so with the status.
  if (js) expectFailures([/422 POST \/_fn\/seller\/products\/rpc\/save_product/]);
  const shop = await goods(page);
  const mark = randomBytes(4).toString("hex");
  await page.getByRole("main").getByRole("link", { name: w.new }).click();
  await expect(page).toHaveURL(`${shop}/products/new`);
  await page.getByLabel(w.find_category).fill("pria");
  await page.getByLabel(w.find_category).press("Enter");
  await expect(page).toHaveURL(/q=pria/);
  await whole();
  await axe();
  await shot("seller-product-category");
  await page.getByRole("main").getByRole("link", { name: "Fashion Pria" }).click();
  await page.getByLabel(w.name).fill(`Kaos ${mark}`);
  await whole();
  await axe();
  await shot("seller-product-new");
  await press(page, w.begin);
  await expect(page.getByRole("heading", { level: 2, name: `Kaos ${mark}` })).toBeVisible();
  const editor = new URL(page.url()).pathname;

  if (js) await awake();
  await page.getByLabel(w.add_photographs).setInputFiles(photograph);
  await press(page, w.upload);
  await expect(page).toHaveURL(editor);
  await expect(page.getByRole("button", { name: "Hapus foto 1" })).toBeVisible();

  // The table of variants keeps what is typed beside it.
  if (js) await awake();
  await page.getByLabel(w.description).fill("Katun 30s, adem.");
  await page.getByRole("group", { name: "Pilihan 1" }).getByLabel(w.option_name).fill("Warna");
  await page.getByRole("group", { name: "Pilihan 1" }).getByLabel(w.option_values).fill("Hitam\nPutih");
  await page.getByRole("group", { name: "Pilihan 2" }).getByLabel(w.option_name).fill("Ukuran");
  await page.getByRole("group", { name: "Pilihan 2" }).getByLabel(w.option_values).fill("S\nM");
  await send(page, w.make_grid);
  const row = (label: string) => page.getByRole("group", { name: label, exact: true });
  await expect(row("Putih, M")).toBeVisible();
  await expect(page.getByLabel(w.description)).toHaveValue("Katun 30s, adem.");
  await expect(page.getByText(w.unsaved)).toBeVisible();

  // What is missing is said beside its field, and nothing is lost.
  await row("Hitam, S").getByLabel(w.price, { exact: true }).fill("50000");
  await send(page, w.save_and_sell);
  await expect(page.getByText(w.to_mend)).toBeVisible();
  await expect(page.locator("#edit-weight-error")).toBeVisible();
  await expect(row("Hitam, S").getByLabel(w.price, { exact: true })).toHaveValue("50000");
  await whole();
  await axe();
  await shot("seller-product-refused");
  await page.locator("#edit-weight").fill("200");
  for (const label of ["Hitam, S", "Hitam, M", "Putih, S"]) {
    await row(label).getByLabel(w.price, { exact: true }).fill("50000");
    await row(label).getByLabel(w.stock).fill("5");
  }
  await row("Putih, M").getByLabel(w.not_sold).check();
  await send(page, w.save_and_sell);
  await expect(page.getByText("Dijual", { exact: true })).toBeVisible();
  await expect(page.getByText(w.unsaved)).toHaveCount(0);
  await whole();
  await axe();
  await shot("seller-product");

  // Later, a price is changed in the grid.
  await row("Hitam, M").getByLabel(w.price, { exact: true }).fill("55.000");
  await send(page, w.save);
  // What somebody typed stays as they typed it while the page is open.
  await expect(row("Hitam, M").getByLabel(w.price, { exact: true })).toHaveValue(js ? "55.000" : "55000");

  await page.getByRole("main").getByRole("link", { name: w.preview }).click();
  await expect(page).toHaveURL(`${editor}/preview`);
  await expect(page.getByText(/mulai Rp\s50\.000/)).toBeVisible();
  await whole();
  await axe();
  await shot("seller-product-preview");

  await page.goto(`${shop}/products?q=${mark}`);
  await expect(page.getByRole("heading", { level: 2, name: `Kaos ${mark}` }).first()).toBeVisible();
  await expect(page.getByText("Hitam, M").first()).toBeVisible();
  await expect(page.getByText("Putih, M")).toHaveCount(0);
  await whole();
  await axe();
  await signOut(page);

  const card = page.getByRole("main").getByRole("link", { name: new RegExp(`Kaos ${mark}`) }).first();
  await expect(async () => {
    await page.goto(shop.replace("/seller/", "/shop/") + "?sort=newest");
    await expect(card).toBeVisible({ timeout: 2_000 });
  }, "the index hears of it within a second").toPass({ timeout: 20_000 });
  await card.click();
  await expect(page.getByRole("heading", { level: 1, name: `Kaos ${mark}` })).toBeVisible();
  await expect(page.getByText("Putih").first()).toBeVisible();
});

test("a copy is thrown away after it was asked once", async ({ page, js, awake, whole, axe }) => {
  test.slow();
  const shop = await goods(page);
  if (js) await awake();
  // Not what another journey has just made.
  const edit = page.getByRole("main").getByRole("link", { name: new RegExp(`^${w.edit} `) }).last();
  await edit.click();
  await expect(page.getByRole("heading", { level: 1, name: w.edit_title })).toBeVisible();
  const from = page.url();
  await press(page, w.copy);
  await expect(page).not.toHaveURL(from);
  await expect(page.getByText("Konsep", { exact: true })).toBeVisible();
  const copy = page.url();
  await page.locator('a[href="#archive"]').click();
  await whole();
  await axe();
  // Whoever leaves before the server has answered takes back what they asked.
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await page.locator("#archive").getByRole("button", { name: w.archive, exact: true }).click();
  await answered;
  await page.goto(copy);
  await expect(page.getByText(w.archived)).toBeVisible();
  await page.goto(`${shop}/products?state=archived`);
  await whole();
});
