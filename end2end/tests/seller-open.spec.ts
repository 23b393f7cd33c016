import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, test, words } from "./base";
import { linkIn, mail, operator, passwordOf } from "./mail";
import { press, register, signIn, signOut } from "./people";

const w = words("seller", "id");
const account = words("account", "id");
const desk = words("backoffice", "id");

const photograph = (name: string) => join(import.meta.dirname, `../../server/media/tests/fixtures/${name}`);

test("somebody opens a shop, shows who they are, and shoppers see it once an operator has approved", async ({ page, request, axe, whole, shot }) => {
  test.slow();
  const owner = await register(page, request);
  await page.goto("/seller");
  await expect(page.getByText(w.shops_none_text)).toBeVisible();
  await whole();
  await axe();
  await shot("seller-none");
  await page.getByRole("main").getByRole("link", { name: w.open }).click();
  await expect(page).toHaveURL("/seller/open");

  await page.getByLabel(account.place_find).fill("kebayoran baru");
  await page.getByLabel(account.place_find).press("Enter");
  await page.getByRole("main").getByRole("link", { name: /Kebayoran Baru Jakarta Selatan/ }).click();
  await expect(page.locator(".place-chosen")).toContainText("Kebayoran Baru");
  const mark = randomBytes(4).toString("hex");
  await page.getByLabel(w.name, { exact: true }).fill(`Kopi ${mark}`);
  await page.getByLabel(w.description).fill("Kopi dari kebun sendiri, disangrai setiap Senin.");
  await whole();
  await axe();
  await shot("seller-open");
  await press(page, w.open_button);
  await expect(page).toHaveURL(`/seller/kopi-${mark}`);
  await expect(page.getByText(w.documents_missing_text)).toBeVisible();
  await whole();
  await axe();
  await shot("seller-today-new");
  const seen = await request.get(`/shop/kopi-${mark}`, { headers: { accept: "text/html" } });
  expect(seen.status(), "shoppers do not see it yet").toBe(404);

  await page.getByRole("main").getByRole("link", { name: w.verification }).click();
  await expect(page).toHaveURL(`/seller/kopi-${mark}/verification`);
  await page.locator("#field-legal_name").fill("Sari Wulandari");
  await page.locator("#identity_card").setInputFiles(photograph("adam-birkett-239153-unsplash.jpg"));
  await page.locator("#selfie").setInputFiles(photograph("florian-klauer-14840-unsplash.jpg"));
  await whole();
  await axe();
  await shot("seller-verification");
  await press(page, w.send_documents);
  await expect(page.getByText(w.in_review, { exact: true })).toBeVisible();
  await whole();
  await axe();
  await shot("seller-verification-sent");

  await signOut(page);
  await signIn(page, operator, passwordOf(operator));
  await expect(page).toHaveURL("/account");
  await page.goto("/backoffice/shops");
  await whole();
  await axe();
  await shot("backoffice-shops");
  await page.getByRole("link", { name: `Kopi ${mark}` }).click();
  await expect(page.getByRole("heading", { level: 1, name: `Kopi ${mark}` })).toBeVisible();
  const documents = page.locator('a[href^="/backoffice/shops/documents/"]');
  await expect(documents).toHaveCount(2);
  await whole();
  await axe();
  await shot("backoffice-shop");
  await press(page, desk.approve);
  await expect(page.getByRole("main").getByRole("button", { name: desk.approve, exact: true })).toHaveCount(0);
  await signOut(page);

  await page.goto(`/shop/kopi-${mark}`);
  await expect(page.getByRole("heading", { level: 1, name: `Kopi ${mark}` })).toBeVisible();
  await mail(request, owner, "shop_approved");
});

test("an owner asks somebody in who packs, and plans a holiday", async ({ page, browser, request, js, axe, whole, shot }) => {
  test.slow();
  const other = await browser.newContext({ javaScriptEnabled: js });
  try {
    const helper = await other.newPage();
    const address = await register(helper, request);
    // A shop of its own, so that nobody else's journey meets a holiday.
    const mark = randomBytes(4).toString("hex");
    await register(page, request);
    await page.goto("/seller/open?district=31.74.07");
    await page.getByLabel(w.name, { exact: true }).fill(`Teh ${mark}`);
    await press(page, w.open_button);
    await expect(page).toHaveURL(`/seller/teh-${mark}`);

    await page.getByRole("navigation", { name: w.sections }).getByRole("link", { name: w.staff }).click();
    await page.getByLabel(w.email).fill(address);
    await page.locator("#field-role").selectOption("fulfilment");
    await press(page, w.invite_button);
    await expect(page.getByText(address).first()).toBeVisible();
    await whole();
    await axe();
    await shot("seller-staff");
    await helper.goto(linkIn(await mail(request, address, "staff_invited"), "/seller/join"));
    await press(helper, w.join);
    await expect(helper).toHaveURL(`/seller/teh-${mark}`);
    const parts = helper.getByRole("navigation", { name: w.sections });
    await expect(parts.getByRole("link", { name: w.staff })).toHaveCount(0);

    await page.getByRole("navigation", { name: w.sections }).getByRole("link", { name: w.settings }).click();
    await expect(page.getByLabel(w.name, { exact: true })).toHaveValue(`Teh ${mark}`);
    await whole();
    await axe();
    await shot("seller-settings");
    const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    await page.getByLabel(w.holiday_from).fill(today);
    await page.getByLabel(w.holiday_until).fill(today);
    await page.getByLabel(w.holiday_message).fill("Panen teh dulu.");
    await page.locator("form", { has: page.getByLabel(w.holiday_from) }).getByRole("button").click();
    await expect(page.getByRole("main").getByRole("button", { name: w.holiday_end })).toBeVisible();
  } finally {
    await other.close();
  }
});
