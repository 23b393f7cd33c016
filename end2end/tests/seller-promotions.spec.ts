import { randomBytes } from "node:crypto";
import type { Page } from "@playwright/test";
import { addToCart, openProduct } from "./buying";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { press, signIn } from "./people";

const w = words("vouchers", "id");
const cart = words("cart", "id");

const SELLER = "seller@pasar.example";

async function ready(page: Page, js: boolean): Promise<void> {
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
}

test("a shop makes a voucher knowing what it costs, and a shopper pays less by it", async ({ page, browser, js, axe, whole, shot }) => {
  test.slow();
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const shop = (await page.locator("main a[href^='/seller/']:not([href='/seller/open'])").first().getAttribute("href"))!;
  const slug = shop.replace("/seller/", "");
  await page.goto(`${shop}/promotions`);
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-promotions");
  await page.getByRole("main").getByRole("link", { name: w.make }).click();
  await expect(page).toHaveURL(`${shop}/promotions/new`);
  await page.getByRole("navigation", { name: w.kinds }).getByRole("link", { name: "Persen" }).click();
  await expect(page).toHaveURL(/kind=percent/);
  await expect(page.getByLabel(w.percent, { exact: true })).toBeVisible();
  await page.getByRole("navigation", { name: w.kinds }).getByRole("link", { name: "Potongan tetap" }).click();
  await expect(page).toHaveURL(/kind=fixed/);
  await ready(page, js);
  await expect(page.getByLabel(w.amount_off)).toBeVisible();

  const code = `UJI${randomBytes(4).toString("hex").toUpperCase()}`;
  await page.getByLabel(w.code, { exact: true }).fill(code.toLowerCase());
  await page.getByLabel(w.name, { exact: true }).fill("Potongan uji");
  await page.getByLabel(w.amount_off).fill("1.000");
  await page.getByLabel(w.quota).fill("50");
  await press(page, w.preview);
  await expect(page.getByRole("heading", { name: w.cost })).toBeVisible();
  await expect(page.getByText(/Rp\s50\.000/).first()).toBeVisible();
  await expect(page.getByLabel(w.name, { exact: true })).toHaveValue("Potongan uji");
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-voucher-preview");
  await press(page, w.save);
  await expect(page).toHaveURL(/promotions\/[0-9a-f-]+\?made=1/);
  await expect(page.getByText(w.made)).toBeVisible();
  await expect(page.getByRole("heading", { name: code })).toBeVisible();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-voucher");

  const made = page.url();

  // A shopper types it.
  const other = await browser.newContext({ javaScriptEnabled: js, viewport: page.viewportSize(), baseURL: new URL(page.url()).origin });
  try {
    const shopper = await other.newPage();
    await openProduct(shopper, js, `/shop/${slug}`);
    await addToCart(shopper, js);
    await shopper.goto("/cart");
    await ready(shopper, js);
    const total = shopper.locator(".summary-total dd");
    const before = await total.innerText();
    await shopper.getByLabel(cart.code).fill(code);
    await press(shopper, cart.use_code);
    await expect(shopper.locator("aside").getByText(cart.part_shop_voucher.replace("{code}", code)).first()).toBeVisible();
    const rupiah = (text: string) => Number(text.replace(/\D/g, ""));
    expect(rupiah(await total.innerText())).toBe(rupiah(before) - 1_000);
  } finally {
    await other.close();
  }

  // It is switched off, and found among those.
  await page.goto(made);
  await ready(page, js);
  await press(page, w.off);
  await expect(page.getByRole("main").getByRole("button", { name: w.on, exact: true })).toBeVisible();
  await page.goto(`${shop}/promotions?show=off`);
  await expect(page.getByRole("link", { name: code })).toBeVisible();
});

test("a code that is taken is said beside the field, and what was typed stays", async ({ page, js, expectFailures }) => {
  await signIn(page, SELLER, passwordOf(SELLER));
  await expect(page).not.toHaveURL(/sign-in/);
  await page.goto("/seller");
  const shop = (await page.locator("main a[href^='/seller/']:not([href='/seller/open'])").first().getAttribute("href"))!;
  await page.goto(`${shop}/promotions/new`);
  await ready(page, js);
  await page.getByLabel(w.code, { exact: true }).fill("PASARHEMAT");
  await page.getByLabel(w.name, { exact: true }).fill("Kode orang lain");
  await page.getByLabel(w.amount_off).fill("1000");
  if (js) expectFailures(["422 POST /_fn/seller/promotions/rpc/make_voucher"]);
  await press(page, w.save);
  await expect(page.getByText("Sudah dipakai.")).toBeVisible();
  await expect(page.getByLabel(w.name, { exact: true })).toHaveValue("Kode orang lain");
  await expect(page.getByLabel(w.amount_off)).toHaveValue("1000");
});
