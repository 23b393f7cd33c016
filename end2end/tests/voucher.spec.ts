import type { Page } from "@playwright/test";
import { randomBytes } from "node:crypto";
import { buySomething, fillGuest, numberToPay, place } from "./buying";
import { expect, test, words } from "./base";
import { giveAway, needsDatabase } from "./database";
import { press } from "./people";

const w = words("checkout", "id");
const cart = words("cart", "id");

const VA = /BCA Virtual Account/;

test.beforeEach(needsDatabase);

/** Types a code at the checkout, where it takes something off. */
async function useCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(cart.code).fill(code);
  await press(page, cart.use_code);
  await expect(row(page, code)).toBeVisible();
}

const row = (page: Page, code: string) => page.locator("aside .summary dt").filter({ hasText: cart.part_platform_voucher.replace("{code}", code) });

/** What the page asks for. */
const total = (page: Page) => page.locator(".checkout-sum input[name=expected]").inputValue().then(Number);

test("a voucher that somebody else has used up is said to be gone before anything is placed", async ({ page, browser, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(/\/pay\/\S+\/events/);
  const code = `SATU-${randomBytes(4).toString("hex").toUpperCase()}`;
  giveAway(code, 5_000, 1);
  await buySomething(page, js);
  await fillGuest(page, js, VA);
  const full = await total(page);
  await useCode(page, code);
  await expect.poll(() => total(page)).toBe(full - 5_000);

  const other = await browser.newContext({ javaScriptEnabled: js });
  try {
    const quick = await other.newPage();
    await buySomething(quick, js);
    await fillGuest(quick, js, VA);
    await useCode(quick, code);
    await place(quick);
    await numberToPay(quick);

    await page.getByRole("main").getByRole("button", { name: /^Bayar Rp/ }).click();
    await expect(page).toHaveURL(/\/checkout\?was=\d+/);
    const notice = page.getByRole("alert").filter({ hasText: w.change_voucher.replace("{code}", code) });
    await expect(notice).toContainText(/Total tadinya/);
    await expect(row(page, code)).toHaveCount(0);
    expect(await total(page)).toBe(full);
    await whole();
    await axe();
    await shot("checkout-voucher-gone");
    // Whoever agrees to the price without it may go on.
    await place(page);
    await numberToPay(page);
  } finally {
    await other.close();
  }
});
