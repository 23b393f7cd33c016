import { addToCart, buyFromShops, buySomething, openProduct } from "./buying";
import { expect, test, words } from "./base";
import { press } from "./people";

const w = words("cart", "id");

/** What a message says of a thing, of which `{…}` stand for what is put in. */
const said = (message: string) => new RegExp(message.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, ".*"));

test("an empty cart shows the way onward", async ({ page, axe, whole, shot }) => {
  await page.goto("/cart");
  await expect(page.getByRole("heading", { name: w.empty })).toBeVisible();
  await expect(page.getByRole("main").getByRole("link", { name: w.start })).toHaveAttribute("href", "/");
  await whole();
  await axe();
  await shot("cart-empty");
});

test("what is put into the cart is in it, and counted in the header", async ({ page, js, axe, whole, shot }) => {
  const goods = await openProduct(page, js);
  await whole();
  await axe();
  await shot("product-to-buy");
  await addToCart(page, js);
  await expect(page.getByRole("banner").locator(".count-badge")).toHaveText("1");
  if (js) {
    await axe();
    await page.getByRole("main").getByRole("link", { name: w.view_cart }).click();
    await expect(page).toHaveURL("/cart");
  }
  await expect(page.getByRole("main").getByRole("link", { name: goods.name })).toBeVisible();
  await expect(page.locator(".summary-total")).toContainText("Rp");
  await whole();
  await axe();
  await shot("cart");

  // The same once more is one line.
  const total = await page.locator(".summary-total dd").innerText();
  await page.goto(goods.href);
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  await addToCart(page, js);
  await page.goto("/cart");
  await expect(page.locator(".cart-shop .cart-line")).toHaveCount(1);
  await expect(page.locator(".summary-total dd")).not.toHaveText(total);
});

test("nothing can be bought before a variant is chosen, and the page says so", async ({ page }) => {
  await page.goto("/search?sort=sold");
  const links = await page.locator(".product-card:not(:has(.product-card-veil)) .product-card-link").evaluateAll((all) => all.map((a) => a.getAttribute("href")!));
  for (const link of links) {
    await page.goto(link);
    if ((await page.locator(".option").count()) > 0) break;
  }
  const add = page.getByRole("main").getByRole("button", { name: w.add, exact: true });
  await expect(add).toBeDisabled();
  await expect(add).toHaveAccessibleDescription(w.choose_first);
  await page.locator(".option:not(.option-gone)").first().click();
  await expect(page).toHaveURL(/[?&]v=/);
  await expect(add).toBeEnabled();
});

test("ticks decide what is bought, one by one, by shop and all at once", async ({ page, js, axe, whole, shot }) => {
  test.slow();
  const [first] = await buyFromShops(page, js, 2);
  await page.goto("/cart");
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  const all = page.getByRole("checkbox", { name: w.tick_all, exact: true });
  const one = page.getByRole("checkbox", { name: said(w.tick_what.replace("{name}", first!.name)) });
  const buy = page.getByRole("main").getByRole("link", { name: said(w.buy) });
  await expect(page.locator(".cart-shop")).toHaveCount(2);
  await expect(all).toBeChecked();
  await expect(buy.filter({ visible: true })).toHaveAttribute("href", "/checkout");

  await one.click();
  await expect(one).not.toBeChecked();
  await expect(all).toHaveAttribute("aria-checked", "mixed");
  await whole();
  await axe();
  await shot("cart-two-shops");

  await all.click();
  await expect(all).toBeChecked();
  await all.click();
  await expect(all).not.toBeChecked();
  await expect(buy).toHaveCount(0);
  await expect(page.getByText(w.nothing_ticked).filter({ visible: true })).toBeVisible();

  const shop = page.getByRole("checkbox", { name: said(w.tick_shop) }).first();
  await shop.click();
  await expect(shop).toBeChecked();
  await expect(buy.filter({ visible: true })).toHaveCount(1);
});

test("quantity and note are kept, and the total follows", async ({ page, js }) => {
  await buySomething(page, js);
  await page.goto("/cart");
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  const total = page.locator(".summary-total dd");
  const before = await total.innerText();
  const quantity = page.locator(".cart-line input[name=quantity]").first();
  const more = Number(await quantity.inputValue()) + 1;
  await quantity.fill(String(more));
  if (js) await quantity.press("Tab");
  else await press(page, w.change);
  await expect(total).not.toHaveText(before);
  await expect(quantity).toHaveValue(String(more));

  await page.locator(".cart-note summary").click();
  const note = page.locator(".cart-note input[name=note]");
  await note.fill("Tolong bungkus kado");
  if (js) await note.press("Tab");
  else await press(page, w.note_save);
  await expect(page.locator(".cart-note summary")).toHaveText("Tolong bungkus kado");
  await page.goto("/cart");
  await expect(quantity).toHaveValue(String(more));
  await expect(page.locator(".cart-note summary")).toHaveText("Tolong bungkus kado");
});

test("what is taken out can be put back, and what is put aside waits", async ({ page, js, axe, whole, shot }) => {
  const { name } = await buySomething(page, js);
  await page.goto("/cart");
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  const line = page.locator(".cart-shop .cart-line");
  await press(page, w.remove_what.replace("{name}", name));
  await expect(page.getByText(w.removed)).toBeVisible();
  await expect(line).toHaveCount(0);
  await expect(page.getByRole("banner").locator(".count-badge")).toHaveCount(0);
  await axe();
  await shot("cart-removed");
  await press(page, w.undo);
  await expect(line).toHaveCount(1);
  await expect(page.getByText(w.removed)).toHaveCount(0);

  await press(page, w.keep_what.replace("{name}", name));
  await expect(line).toHaveCount(0);
  await expect(page.locator(".cart-saved .cart-line")).toHaveCount(1);
  await expect(page.getByRole("heading", { name: w.kept })).toBeVisible();
  await whole();
  await axe();
  await shot("cart-kept");
  await press(page, w.bring_back_what.replace("{name}", name));
  await expect(line).toHaveCount(1);
});

test("a voucher code that nobody gave out says so", async ({ page, js, expectFailures }) => {
  await buySomething(page, js);
  await page.goto("/cart");
  if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
  const answer = js ? page.waitForResponse(/\/_fn\/storefront\/cart\/rpc\/add_code/) : undefined;
  await page.getByLabel(w.code).fill("TIDAKADA");
  await press(page, w.use_code);
  // Told at once, or kept among the codes as one that takes nothing off.
  if (((await answer)?.status() ?? 200) >= 400) expectFailures(["422 POST /_fn/storefront/cart/rpc/add_code"]);
  await expect(page.locator(".vouchers .code-refused, .vouchers [role=alert]").first()).toBeVisible();
});

test("buying at once leaves the rest of the cart for another time", async ({ page, js }) => {
  const [kept] = await buyFromShops(page, js, 1);
  const wanted = await openProduct(page, js, "/search?sort=newest", [kept!.shop]);
  await press(page, w.buy_now);
  await expect(page).toHaveURL("/checkout");
  await expect(page.getByRole("main").getByText(wanted.name).first()).toBeVisible();
  await expect(page.getByRole("main").getByText(kept!.name)).toHaveCount(0);
  await page.goto("/cart");
  await expect(page.getByRole("checkbox", { name: said(w.tick_what.replace("{name}", kept!.name)) })).not.toBeChecked();
  await expect(page.getByRole("checkbox", { name: said(w.tick_what.replace("{name}", wanted.name)) })).toBeChecked();
});

test("somebody else's cart is empty", async ({ page, browser, js }) => {
  await buySomething(page, js);
  const other = await browser.newContext({ javaScriptEnabled: false });
  try {
    const elsewhere = await other.newPage();
    await elsewhere.goto("/cart");
    await expect(elsewhere.getByRole("heading", { name: w.empty })).toBeVisible();
  } finally {
    await other.close();
  }
});
