import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { register, signIn } from "./people";

const w = words("coins", "id");

/** Has bought before, and got coins for it. */
const SHOPPER = "shopper@pasar.example";

test("whoever has coins sees how many, until when, and what they are from", async ({ page, whole, axe, shot }) => {
  await signIn(page, SHOPPER, passwordOf(SHOPPER));
  await expect(page).toHaveURL("/account");
  await page.getByRole("main").locator(".account-parts").getByRole("link", { name: w.title }).click();
  await expect(page).toHaveURL("/account/coins");
  await expect(page.getByRole("heading", { level: 1, name: w.title })).toBeVisible();
  await expect(page.getByRole("main")).toContainText(/\d koin berlaku sampai \d+ \S+ \d{4}/);
  const rows = page.locator(".summary-row");
  await expect(rows.filter({ hasText: w.earned }).first()).toContainText(/INV\/\d+\/\d+.*\+[\d.]+/s);
  await expect(rows.filter({ hasText: w.spent }).first()).toContainText(/−[\d.]+/);
  await whole();
  await axe();
  await shot("coins");
  await rows.getByRole("link").first().click();
  await expect(page).toHaveURL(/\/account\/orders\/[0-9a-f-]+$/);
});

test("a new member has none yet", async ({ page, request, whole, axe }) => {
  await register(page, request);
  await page.goto("/account/coins");
  await expect(page.getByRole("heading", { name: w.none })).toBeVisible();
  await whole();
  await axe();
});
