import { expect, test, words } from "./base";
import { operator, passwordOf } from "./mail";
import { press, register, signIn } from "./people";
import { openShop, ready, send, showWhoOwns } from "./selling";

const desk = words("backoffice", "id");
const editor = words("editor", "id");

test("an operator finds the way around, sends goods back, and puts them on sale once they are mended", async ({ page, browser, request, js, whole, axe, shot }) => {
  test.setTimeout(150_000);
  const street = await browser.newContext({ javaScriptEnabled: js });
  try {
    // What a shop nobody knows yet offers waits.
    const owner = await street.newPage();
    await register(owner, request);
    const shop = await openShop(owner, "Beras");
    await showWhoOwns(owner, shop.slug);
    const name = `Beras Merah ${shop.slug}`;
    await owner.goto(`/seller/${shop.slug}/products`);
    await owner.getByRole("main").getByRole("link", { name: editor.new, exact: true }).click();
    await owner.locator(".place-offer").first().click();
    await expect(owner.locator(".place-chosen")).toBeVisible();
    await owner.getByLabel(editor.name).fill(name);
    await press(owner, editor.begin);
    await expect(owner).toHaveURL(/\/products\/[0-9a-f-]{36}$/);
    const sheet = owner.url();
    await owner.getByLabel(editor.description).fill("Dari sawah sendiri.");
    await owner.locator("#variant-0-price").fill("82000");
    await owner.locator("#variant-0-stock").fill("5");
    await owner.locator("#edit-weight").fill("1000");
    await ready(owner, js);
    await press(owner, editor.save_and_sell);
    await expect(owner.getByRole("main").getByText("Diperiksa", { exact: true }).first()).toBeVisible();

    await signIn(page, operator, passwordOf(operator));
    await expect(page).toHaveURL("/account");
    await page.getByRole("main").getByRole("link", { name: desk.title }).click();
    await expect(page).toHaveURL("/backoffice");
    await expect(page.getByRole("heading", { level: 1, name: desk.title })).toBeVisible();
    await expect(page.getByRole("listitem").filter({ hasText: desk.about_shops })).toContainText("menunggu");
    await whole();
    await axe();
    await shot("backoffice");

    const parts = page.getByRole("navigation", { name: desk.desks });
    await parts.getByRole("link", { name: desk.goods_desk }).click();
    const goods = page.getByRole("article").filter({ hasText: name });
    await expect(goods).toBeVisible();
    await expect(parts.getByRole("link", { name: desk.goods_desk })).toHaveAttribute("aria-current", "page");
    await ready(page, js);
    await whole();
    await axe();
    await shot("backoffice-goods");
    await goods.getByRole("textbox").fill("Tulis berat bersihnya");
    await goods.getByRole("button", { name: desk.goods_reject }).click();
    await expect(goods).toHaveCount(0);

    await owner.goto(sheet);
    await expect(owner.getByRole("main")).toContainText("Tulis berat bersihnya");
    await owner.getByLabel(editor.description).fill("Berat bersih 1 kg.");
    await ready(owner, js);
    await send(owner, editor.save_and_sell);
    await expect(owner.getByRole("main").getByText("Diperiksa", { exact: true }).first()).toBeVisible();

    await page.goto("/backoffice/goods");
    await ready(page, js);
    await goods.getByRole("button", { name: desk.goods_approve }).click();
    await expect(goods).toHaveCount(0);

    // Shoppers come to it once its shop is approved as well.
    await parts.getByRole("link", { name: desk.shops_desk }).click();
    await page.getByRole("main").getByRole("link", { name: shop.name }).click();
    await expect(page.getByRole("heading", { level: 1, name: shop.name })).toBeVisible();
    await ready(page, js);
    await press(page, desk.approve);
    await expect(page.getByRole("main").getByRole("button", { name: desk.approve, exact: true })).toHaveCount(0);
    await expect(async () => {
      await owner.goto(`/shop/${shop.slug}`);
      await expect(owner.getByRole("link", { name }).first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
  } finally {
    await street.close();
  }
});
