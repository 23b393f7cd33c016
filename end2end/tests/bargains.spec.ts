import { addToCart, fillGuest, numberToPay, openProduct, place } from "./buying";
import { expect, test, words } from "./base";
import { needsDatabase, quietGoods } from "./database";
import { press } from "./people";
import { PROJECTS, amount, atShop, jakarta, ready, rupiah, until } from "./selling";

const prices = words("prices", "id");
const bundles = words("bundles", "id");
const cart = words("cart", "id");
const storefront = words("storefront", "id");

test.beforeEach(needsDatabase);

/** Each project has goods of its own. */
const own = (project: string) => Math.max(PROJECTS.indexOf(project), 0);

test("a price for a time stands on the card, on the page and in the cart, until it ends", async ({ page, browser, js, failures, axe, whole, shot }, info) => {
  test.slow();
  failures.ignore(/\/pay\/\S+\/events/);
  const { desk, slug } = await atShop(page);
  const [good] = quietGoods(slug, own(info.project.name), 1);
  const { sku, name, price } = good!;
  const half = Math.floor(price / 2);
  await page.goto(`${desk}/promotions/prices?q=${encodeURIComponent(sku)}`);
  await ready(page, js);
  const choice = page.locator("section[aria-labelledby=choose] li").filter({ hasText: `${sku} ·` }).first();
  await choice.getByRole("link", { name: new RegExp(`^${prices.set_for}`) }).click();
  await expect(page.getByLabel(prices.price, { exact: true })).toBeVisible();
  await ready(page, js);
  await page.getByLabel(prices.price, { exact: true }).fill(String(half));
  await page.getByLabel(prices.until).fill(jakarta(3));
  await press(page, prices.save);
  await expect(page).toHaveURL(/\/promotions\/prices\?saved=1/);
  await expect(page.getByText(prices.saved)).toBeVisible();
  const row = page.locator("article").filter({ hasText: name }).first();
  await expect(row).toContainText(amount(half));
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-prices");

  const street = await browser.newContext({ javaScriptEnabled: js });
  try {
    const shopper = await street.newPage();
    await shopper.goto(`/search?q=${encodeURIComponent(name)}`);
    const card = shopper.locator(".product-card").filter({ has: shopper.locator(`a[href^="/p/${good!.slug}"]`) }).first();
    await expect(card).toContainText(amount(half));
    await shopper.goto(`/p/${good!.slug}?v=${encodeURIComponent(sku)}`);
    await ready(shopper, js);
    await expect(shopper.getByRole("main").getByText(amount(half)).first()).toBeVisible();
    await addToCart(shopper, js);
    await shopper.goto("/cart");
    await expect(shopper.getByRole("main").getByText(amount(half)).first()).toBeVisible();
    await fillGuest(shopper, js, /BCA Virtual Account/);
    await place(shopper);
    await numberToPay(shopper);

    await row.getByRole("button", { name: new RegExp(`^${prices.end}`) }).click();
    await expect(row).toHaveCount(0);
    await shopper.goto(`/search?q=${encodeURIComponent(name)}`);
    // What it usually costs stood beside it, struck through.
    await expect(card).not.toContainText(amount(half));
    await expect(card).toContainText(amount(price));
  } finally {
    await street.close();
  }
});

test("a bundle costs its own price and has as much stock as what is inside", async ({ page, browser, js, failures, axe, whole, shot }, info) => {
  test.slow();
  failures.ignore(/\/pay\/\S+\/events/);
  const { desk, slug } = await atShop(page);
  const [bundle, part] = quietGoods(slug, 4 + 2 * own(info.project.name), 2);
  const can = Math.floor(part!.stock / 2);
  const list = `${desk}/promotions/bundles?q=${encodeURIComponent(bundle!.sku)}`;
  const inside = page.getByRole("textbox", { name: new RegExp(`^${bundles.inside}`) });
  const row = page.locator("article").filter({ hasText: `${bundle!.sku} ·` }).first();
  await page.goto(list);
  await ready(page, js);
  const choice = page.locator("section[aria-labelledby=choose] li").filter({ has: page.getByText(bundle!.sku, { exact: true }) }).first();
  await choice.getByRole("link", { name: new RegExp(`^${bundles.make}`) }).click();
  await expect(inside).toBeVisible();
  await ready(page, js);
  await inside.fill(`${part!.sku} 2`);
  await press(page, bundles.save);
  await expect(page).toHaveURL(/\/promotions\/bundles\?saved=1/);
  await expect(row).toContainText(bundles.can_sell!.replace("{n}", String(can)));
  await expect(row).toContainText(`2 × ${part!.name}`);
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-bundles");

  const street = await browser.newContext({ javaScriptEnabled: js });
  try {
    const shopper = await street.newPage();
    await shopper.goto(`/p/${bundle!.slug}?v=${encodeURIComponent(bundle!.sku)}`);
    await ready(shopper, js);
    await expect(shopper.getByRole("region", { name: storefront.inside, exact: true })).toContainText(`2 × ${part!.name}`);
    await expect(shopper.getByRole("main").getByText(amount(bundle!.price)).first()).toBeVisible();
    await addToCart(shopper, js);
    await fillGuest(shopper, js, /BCA Virtual Account/);
    await place(shopper);
    await numberToPay(shopper);
  } finally {
    await street.close();
  }
  await until(page, () => expect(row).toContainText(bundles.can_sell!.replace("{n}", String(can - 1)), { timeout: 1_000 }));

  // Of nothing any more, it has its own stock again.
  await row.getByRole("link", { name: new RegExp(`^${bundles.edit}`) }).click();
  await expect(inside).toHaveValue(`${part!.sku} 2`);
  await ready(page, js);
  await inside.fill("");
  await press(page, bundles.save);
  await expect(page).toHaveURL(/\/promotions\/bundles\?saved=1/);
  await expect(row).toHaveCount(0);
});

test("the vouchers that save the most together are taken at one press", async ({ page, js, axe, whole, shot }) => {
  // Dear enough for the platform's and the shop's.
  await openProduct(page, js, "/search?sort=price_down");
  await addToCart(page, js);
  await page.goto("/cart");
  await ready(page, js);
  const total = page.locator(".summary-total dd");
  const before = rupiah(await total.innerText());
  const best = page.getByRole("main").getByRole("button", { name: new RegExp(`^${cart.use_best!.split("{amount}")[0]}`) });
  const saves = rupiah(/Rp\s[\d.]+/.exec(await best.innerText())![0]);
  expect(saves).toBeGreaterThan(0);
  await best.click();
  await expect(best).toHaveCount(0);
  await expect(page.locator(".codes li").first()).toBeVisible();
  await expect.poll(async () => rupiah(await total.innerText())).toBe(before - saves);
  await ready(page, js);
  await whole();
  await axe();
  await shot("cart-best-vouchers");
});
