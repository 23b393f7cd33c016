import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { press, signIn } from "./people";

const w = words("stock", "id");
const t = words("transfers", "id");
const c = words("counts", "id");
const account = words("account", "id");
const seller = words("seller", "id");

const SELLER = "seller@pasar.example";

async function ready(page: Page, js: boolean): Promise<void> {
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
}

/** The address of the seller's first shop. */
async function shopOf(page: Page): Promise<string> {
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  return (await page.locator("main a[href^='/seller/']:not([href='/seller/open'])").first().getAttribute("href"))!;
}

/** Another warehouse, with an address of its own; `look` while its form is filled in. */
async function addWarehouse(page: Page, js: boolean, shop: string, look = async () => {}): Promise<string> {
  const name = `Gudang ${randomBytes(3).toString("hex")}`;
  await page.goto(`${shop}/stock`);
  await page.getByRole("main").getByRole("link", { name: w.warehouses, exact: true }).click();
  await expect(page).toHaveURL(`${shop}/stock/warehouses`);
  await page.getByRole("main").getByRole("link", { name: w.add_warehouse }).click();
  await expect(page).toHaveURL(`${shop}/stock/warehouses/new`);
  await ready(page, js);
  await page.getByLabel(account.place_find).fill("kebayoran baru");
  await page.getByLabel(account.place_find).press("Enter");
  await page.getByRole("main").getByRole("link", { name: /Kebayoran Baru Jakarta Selatan/ }).click();
  await expect(page.locator(".place-chosen")).toContainText("Kebayoran Baru");
  await ready(page, js);
  await page.getByLabel(w.name, { exact: true }).fill(name);
  await page.getByLabel(account.postcode).fill("12110");
  await page.getByLabel(account.street).fill("Jl. Melati No. 5");
  await page.getByLabel(seller.contact).fill("Budi");
  await page.getByLabel(account.phone).fill("0812 3456 7890");
  await look();
  await press(page, w.save);
  await expect(page).toHaveURL(`${shop}/stock/warehouses?added=1`);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await ready(page, js);
  return name;
}

test("a shop counts, adds a warehouse, and carries goods there", async ({ page, js, axe, whole, shot }) => {
  test.slow();
  const shop = await shopOf(page);
  await page.goto(`${shop}/stock`);
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-stock");

  // Another warehouse, with an address of its own.
  const name = await addWarehouse(page, js, shop, async () => {
    await whole();
    await axe();
    await shot("seller-warehouse-new");
  });
  await whole();
  await axe();
  await shot("seller-warehouses");

  // Something is taken in, and one of it carried over.
  await page.goto(`${shop}/stock`);
  await page.getByRole("main").getByRole("link", { name: new RegExp(`^${w.details}`) }).last().click();
  await expect(page).toHaveURL(/\/stock\/[0-9a-f-]+$/);
  await ready(page, js);
  const here = page.locator("table").first();
  const main = here.locator("tbody tr").first().locator("td").nth(1);
  const before = Number((await main.innerText()).replace(/\D/g, ""));
  await page.getByLabel(w.reason).selectOption("received");
  await page.locator("[name='change[pieces]']").fill("7");
  await press(page, w.save);
  await expect(page.getByText(w.changed)).toBeVisible();
  await expect(main).toHaveText(String(before + 7));
  await ready(page, js);
  await page.getByLabel(w.to, { exact: true }).selectOption({ label: `${name} (0)` });
  await page.locator("[name='carried[pieces]']").fill("1");
  await press(page, w.transfer_go);
  await expect(main).toHaveText(String(before + 6));
  await expect(here.locator("tbody tr").filter({ hasText: name }).locator("td").nth(1)).toHaveText("1");
  await expect(page.getByRole("heading", { name: w.movements })).toBeVisible();
  await expect(page.locator("table").last()).toContainText("Dipindahkan");

  // Some of it is kept back from sale.
  await ready(page, js);
  await page.getByLabel(w.keep_back).fill("2");
  await press(page, `${w.save} ${w.sold_by}`);
  await expect(page.getByRole("main")).toContainText("2 tidak dijual");
  await expect(page.getByLabel(w.keep_back)).toHaveValue("2");
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-stock-variant");
});

test("fewer than nothing cannot be, and what was typed stays", async ({ page, js, expectFailures }) => {
  const shop = await shopOf(page);
  await page.goto(`${shop}/stock`);
  await page.getByRole("main").getByRole("link", { name: new RegExp(`^${w.details}`) }).last().click();
  await expect(page).toHaveURL(/\/stock\/[0-9a-f-]+$/);
  await ready(page, js);
  await page.getByLabel(w.reason).selectOption("damaged");
  await page.locator("[name='change[pieces]']").fill("999999");
  if (js) expectFailures(["422 POST /_fn/seller/stock/rpc/change_stock"]);
  await press(page, w.save);
  await expect(page.locator(".field-error").first()).toBeVisible();
  await expect(page.locator("[name='change[pieces]']")).toHaveValue("999999");
  await expect(page.getByLabel(w.reason)).toHaveValue("damaged");
});

test("goods go to another warehouse and arrive in part, and what lies there is counted", async ({ page, js, axe, whole, shot, expectFailures }) => {
  test.slow();
  const shop = await shopOf(page);
  const name = await addWarehouse(page, js, shop);

  // A list of what is to go.
  await page.goto(`${shop}/stock/transfers`);
  await ready(page, js);
  await page.getByLabel(t.to, { exact: true }).selectOption({ label: name });
  await whole();
  await axe();
  await shot("seller-transfers");
  await press(page, t.begin);
  await expect(page).toHaveURL(/\/stock\/transfers\/[0-9a-f-]{36}$/);
  await expect(page.getByText(t.list_empty)).toBeVisible();
  await ready(page, js);
  // What other journeys have imported may be one piece.
  await page.getByRole("textbox", { name: /^Jumlah (?!Buku Impor)/ }).first().fill("2");
  await press(page, t.save);
  await expect(page.getByText(t.saved)).toBeVisible();
  await expect(page.getByText(t.list_empty)).toHaveCount(0);
  await expect(page.locator("#pieces-0")).toHaveValue("2");
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-transfer-list");

  // It is on the way; one arrives, the other is lost.
  await press(page, t.send);
  await expect(page.getByText(t.sent)).toBeVisible();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-transfer-way");
  await page.locator("#arrived-0").fill("1");
  await press(page, t.receive);
  await expect(page.getByText(t.done)).toBeVisible();
  const line = page.locator("table").first().locator("tbody tr").first().locator("td");
  await expect(line.nth(2)).toHaveText("1");
  await expect(line.nth(5)).toHaveText("1");
  await ready(page, js);
  await page.locator("[name='off[lines][0][pieces]']").fill("1");
  await press(page, t.write_off);
  await expect(line.nth(3)).toHaveText("1");
  await expect(line.nth(5)).toHaveText("0");
  await expect(page.getByRole("button", { name: t.receive })).toHaveCount(0);
  await expect(page.locator("table").last()).toContainText("Hilang");

  // There is one; two are found.
  await page.goto(`${shop}/stock/counts`);
  await ready(page, js);
  await page.getByLabel(c.warehouse, { exact: true }).selectOption({ label: name });
  await whole();
  await axe();
  await shot("seller-counts");
  await press(page, c.begin);
  await expect(page).toHaveURL(/\/stock\/counts\/[0-9a-f-]{36}$/);
  await ready(page, js);
  await page.locator("#counted-0").fill("1001");
  await press(page, c.save);
  await expect(page.getByText(c.saved)).toBeVisible();
  await expect(page.locator("#counted-0")).toHaveValue("1001");
  await expect(page.getByRole("heading", { name: c.result })).toBeVisible();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-count");
  await press(page, c.post);
  await expect(page.getByText(c.posted)).toBeVisible();
  await expect(page.locator("#counted-0")).toHaveCount(0);

  // What is not empty stays open.
  await page.goto(`${shop}/stock/warehouses`);
  await ready(page, js);
  if (js) expectFailures(["422 POST /_fn/seller/stock/rpc/close_warehouse"]);
  await page.getByRole("button", { name: `${w.close} ${name}` }).click();
  await expect(page.getByText(w.close_not_empty)).toBeVisible();
});

test("what has fallen to its point is on the list of what to order", async ({ page, js, axe, whole, shot }) => {
  const shop = await shopOf(page);
  await page.goto(`${shop}/stock`);
  await page.getByRole("main").getByRole("link", { name: new RegExp(`^${w.details}`) }).first().click();
  await expect(page).toHaveURL(/\/stock\/[0-9a-f-]+$/);
  await ready(page, js);
  await page.getByLabel(w.reorder_at).fill("900000");
  await page.getByLabel(w.reorder_quantity).fill("24");
  await press(page, `${w.save} ${w.sold_by}`);
  if (js) await expect(page.getByText(w.changed)).toBeVisible();
  else await page.waitForLoadState();
  await page.goto(`${shop}/stock/reorder`);
  await ready(page, js);
  await expect(page.locator("table tbody tr").first()).toContainText("900000");
  await whole();
  await axe();
  await shot("seller-reorder");
  const file = page.waitForEvent("download");
  await page.getByRole("link", { name: w.csv }).click();
  expect((await file).suggestedFilename()).toBe("reorder.csv");
});
