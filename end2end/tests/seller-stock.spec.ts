import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { press, signIn } from "./people";

const w = words("stock", "id");
const account = words("account", "id");
const seller = words("seller", "id");

const SELLER = "seller@pasar.example";

async function ready(page: Page, js: boolean): Promise<void> {
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
}

test("a shop counts, adds a warehouse, and carries goods there", async ({ page, js, axe, whole, shot }) => {
  test.slow();
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const shop = (await page.locator("main a[href^='/seller/']:not([href='/seller/open'])").first().getAttribute("href"))!;
  await page.goto(`${shop}/stock`);
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-stock");

  // Another warehouse, with an address of its own.
  const name = `Gudang ${randomBytes(3).toString("hex")}`;
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
  await whole();
  await axe();
  await shot("seller-warehouse-new");
  await press(page, w.save);
  await expect(page).toHaveURL(`${shop}/stock/warehouses?added=1`);
  await expect(page.getByRole("heading", { name })).toBeVisible();
  await ready(page, js);
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
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const shop = (await page.locator("main a[href^='/seller/']:not([href='/seller/open'])").first().getAttribute("href"))!;
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
