import { addToCart, fillGuest, openProduct, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { operator, passwordOf } from "./mail";
import { PASSWORD, press, register, signIn } from "./people";
import { addsUp, carry, content, fulfil, openShop, orderPaid, ready, showWhoOwns, withdraw } from "./selling";

const w = words("seller", "id");
const desk = words("backoffice", "id");
const editor = words("editor", "id");

test("somebody opens a shop, sells the first thing there is in it, and has the money in the bank", async ({ page, browser, request, js, whole, axe, shot }) => {
  // Four people, one after the other.
  test.setTimeout(240_000);
  await register(page, request);
  const shop = await openShop(page, "Rempah");
  await showWhoOwns(page, shop.slug);

  const office = await browser.newContext({ javaScriptEnabled: js });
  const street = await browser.newContext({ javaScriptEnabled: js });
  try {
    // An operator looks at the papers.
    const officer = await office.newPage();
    await signIn(officer, operator, passwordOf(operator));
    await expect(officer).toHaveURL("/account");
    await officer.goto("/backoffice/shops");
    await officer.getByRole("link", { name: shop.name }).click();
    await expect(officer.getByRole("heading", { level: 1, name: shop.name })).toBeVisible();
    await press(officer, desk.approve);
    await expect(officer.getByRole("main").getByRole("button", { name: desk.approve, exact: true })).toHaveCount(0);

    // The first thing to sell.
    await page.goto(`/seller/${shop.slug}/products`);
    await page.getByRole("main").getByRole("link", { name: editor.new, exact: true }).click();
    await page.locator(".place-offer").first().click();
    await expect(page.locator(".place-chosen")).toBeVisible();
    const name = `Lada Hitam Utuh ${shop.slug}`;
    await page.getByLabel(editor.name).fill(name);
    await press(page, editor.begin);
    await expect(page).toHaveURL(/\/products\/[0-9a-f-]{36}$/);
    await page.getByLabel(editor.description).fill("Dari kebun sendiri, dijemur tiga hari.");
    await page.locator("#variant-0-price").fill("150000");
    await page.locator("#variant-0-stock").fill("12");
    await page.locator("#edit-weight").fill("500");
    await ready(page, js);
    await press(page, editor.save_and_sell);
    await expect(page.getByRole("main").getByText("Dijual", { exact: true })).toBeVisible();
    await whole();
    await axe();
    await shot("seller-first-product");

    // Somebody passes by and buys it.
    const buyer = await street.newPage();
    await expect(async () => {
      await buyer.goto(`/shop/${shop.slug}`);
      await expect(buyer.getByRole("link", { name }).first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
    await openProduct(buyer, js, `/shop/${shop.slug}`);
    await addToCart(buyer, js);
    await fillGuest(buyer, js, /BCA Virtual Account/);
    await place(buyer);
    await payAtBank(buyer);
    const sale = await orderPaid(buyer);

    const waybill = await fulfil(page, js, shop.slug, sale);
    await carry(buyer, waybill);
    await content(buyer, js, waybill);
    await addsUp(page, shop.slug, sale);
    await withdraw(page, js, shop.slug, PASSWORD);
    await expect(page.getByRole("navigation", { name: w.sections })).toBeVisible();
    await whole();
    await axe();
    await shot("seller-first-withdrawal");
  } finally {
    await office.close();
    await street.close();
  }
});
