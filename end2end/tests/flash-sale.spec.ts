import { randomBytes } from "node:crypto";
import { addToCart, fillGuest, numberToPay, openProduct, place } from "./buying";
import { expect, test, words } from "./base";
import { needsDatabase, saleIsOn, saleIsOver } from "./database";
import { operator, passwordOf } from "./mail";
import { press, signIn } from "./people";
import { PROJECTS, amount, atShop, jakarta, ready, rupiah } from "./selling";

const w = words("sales", "id");
const v = words("vouchers", "id");

test("an operator announces a flash sale, a shop takes part, and a shopper buys at its price", async ({ page, browser, js, failures, expectFailures, axe, whole, shot }) => {
  needsDatabase();
  // Three people, one after the other.
  test.setTimeout(240_000);
  failures.ignore(/\/pay\/\S+\/events/);
  const title = `Kilat ${randomBytes(4).toString("hex")}`;
  const office = await browser.newContext({ javaScriptEnabled: js });
  const street = await browser.newContext({ javaScriptEnabled: js });
  try {
    const officer = await office.newPage();
    await signIn(officer, operator, passwordOf(operator));
    await expect(officer).toHaveURL("/account");
    await officer.goto("/backoffice/flash/new");
    await ready(officer, js);
    await officer.getByLabel(w.name, { exact: true }).fill(title);
    await officer.getByLabel(w.starts).fill(jakarta(48));
    await officer.getByLabel(w.ends).fill(jakarta(51));
    await officer.getByLabel(w.least).fill("10");
    await officer.getByLabel(w.nominate_until).fill(jakarta(24));
    await press(officer, w.save);
    await expect(officer).toHaveURL(/\/backoffice\/flash\/[0-9a-f-]{36}\?made=1/);
    await expect(officer.getByText(w.made)).toBeVisible();
    const sale = new URL(officer.url()).pathname.split("/").pop()!;

    // Something the shop has.
    const { desk: shop, slug } = await atShop(page);
    const shopper = await street.newPage();
    // Something else in each project, and when it is tried again: a thing is in one sale at a time.
    const { project, retry } = test.info();
    const skip = Math.max(PROJECTS.indexOf(project.name), 0) + PROJECTS.length * retry;
    const goods = await openProduct(shopper, js, `/shop/${slug}`, [], skip);
    const sku = new URLSearchParams(goods.href.split("?")[1] ?? "").get("v");

    await page.goto(`${shop}/promotions/flash`);
    await ready(page, js);
    await whole();
    await axe();
    await shot("seller-flash-sales");
    await page.getByRole("main").getByRole("link", { name: new RegExp(title) }).click();
    await expect(page).toHaveURL(`${shop}/promotions/flash/${sale}`);
    await page.goto(`${shop}/promotions/flash/${sale}?q=${encodeURIComponent(sku ?? goods.name)}`);
    const own = page.locator("section[aria-labelledby=choose] li").filter({ hasText: sku ? `${sku} ·` : goods.name }).first();
    await expect(own).toBeVisible();
    await ready(page, js);
    await whole();
    await axe();
    await shot("seller-flash-sale");
    const usual = rupiah(/Rp\s[\d.]+/.exec(await own.innerText())![0]);
    const half = Math.floor(usual / 2);
    await own.getByRole("link", { name: new RegExp(`^${w.nominate_it}`) }).click();
    await expect(page.getByLabel(w.sale_price)).toBeVisible();
    await ready(page, js);

    // As dear as otherwise is no sale; that is said beside the field.
    await page.getByLabel(w.sale_price).fill(String(usual));
    await page.getByLabel(w.quota, { exact: true }).fill("9");
    if (js) expectFailures(["422 POST /_fn/seller/flash/rpc/nominate"]);
    await press(page, w.send);
    await expect(page.locator(".field-error").first()).toBeVisible();
    await expect(page.getByLabel(w.quota, { exact: true })).toHaveValue("9");
    await page.getByLabel(w.sale_price).fill(String(half));
    await press(page, w.preview);
    await expect(page.getByRole("heading", { name: w.cost })).toBeVisible();
    await expect(page.getByLabel(w.sale_price)).toHaveValue(String(half));
    await ready(page, js);
    await whole();
    await axe();
    await shot("seller-flash-nominate");
    await press(page, w.send);
    await expect(page).toHaveURL(/\?sent=1/);
    await expect(page.getByText(w.sent)).toBeVisible();
    await expect(page.locator("section[aria-labelledby=own]").getByText("Menunggu")).toBeVisible();

    // The operator takes it in.
    await officer.goto(`/backoffice/flash/${sale}`);
    await ready(officer, js);
    const accept = officer.getByRole("main").getByRole("button", { name: new RegExp(`^${w.accept} `) });
    await accept.click();
    await expect(accept).toHaveCount(0);
    await officer.goto(`/backoffice/flash/${sale}?show=accepted`);
    await expect(officer.getByText(amount(half)).first()).toBeVisible();

    // It begins, and a shopper buys.
    saleIsOn(sale);
    await shopper.goto(goods.href);
    await ready(shopper, js);
    await expect(shopper.getByRole("main").getByText(amount(half)).first()).toBeVisible();
    await addToCart(shopper, js);
    await shopper.goto("/cart");
    await expect(shopper.getByRole("main").getByText(amount(half)).first()).toBeVisible();
    await fillGuest(shopper, js, /BCA Virtual Account/);
    await place(shopper);
    await numberToPay(shopper);
    await page.goto(`${shop}/promotions/flash/${sale}`);
    // Other journeys find it on the front page as well.
    await expect(page.getByText(new RegExp(w.sold_of.replace("{sold}", "[1-9]").replace("{quota}", "9")))).toBeVisible();
    // It may be in somebody else's sale after that.
    saleIsOver(sale);
  } finally {
    await office.close();
    await street.close();
  }
});

test("an operator gives a voucher of Pasar's, pauses it and ends it", async ({ page, js, axe, whole, shot }) => {
  test.slow();
  await signIn(page, operator, passwordOf(operator));
  await expect(page).toHaveURL("/account");
  for (const [path, name] of [
    ["/backoffice/flash", "backoffice-flash"],
    ["/backoffice/flash/new", "backoffice-flash-new"],
    ["/backoffice/vouchers", "backoffice-vouchers"],
    ["/backoffice/members", "backoffice-members"],
    ["/backoffice/vouchers/new?kind=percent", "backoffice-voucher-new"],
  ] as const) {
    await page.goto(path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await ready(page, js);
    await whole();
    await axe();
    await shot(name);
  }
  const code = `PASAR${randomBytes(4).toString("hex").toUpperCase()}`;
  await page.goto("/backoffice/vouchers/new");
  await ready(page, js);
  await page.getByLabel(v.code, { exact: true }).fill(code);
  await page.getByLabel(v.name, { exact: true }).fill("Potongan uji");
  await page.getByLabel(v.amount_off).fill("1.000");
  await page.getByLabel(v.quota).fill("50");
  await press(page, v.preview);
  await expect(page.getByRole("heading", { name: v.cost })).toBeVisible();
  await expect(page.getByText(amount(50_000)).first()).toBeVisible();
  await ready(page, js);
  await press(page, v.save);
  await expect(page).toHaveURL(/\/backoffice\/vouchers\/[0-9a-f-]{36}\?made=1/);
  await expect(page.getByRole("heading", { level: 1, name: code })).toBeVisible();
  await ready(page, js);
  await whole();
  await axe();
  await shot("backoffice-voucher");
  await press(page, v.house_pause);
  await expect(page.getByRole("main").getByRole("button", { name: v.house_on, exact: true })).toBeVisible();
  await press(page, v.house_on);
  await expect(page.getByRole("main").getByRole("button", { name: v.house_pause, exact: true })).toBeVisible();
  await press(page, v.house_end);
  await expect(page.getByRole("main").getByRole("button", { name: v.house_end, exact: true })).toHaveCount(0);
  await page.goto("/backoffice/vouchers?show=ended");
  await expect(page.getByRole("link", { name: code })).toBeVisible();
});
