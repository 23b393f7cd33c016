import type { Page } from "@playwright/test";
import { addToCart, choose, chooseCouriers, openProduct, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { signIn } from "./people";

const w = words("coins", "id");
const cart = words("cart", "id");
const checkout = words("checkout", "id");

// Once for all windows: one member of the demonstration has coins, and one cart.
const SHOPPER = "shopper@pasar.example";

test.describe.configure({ mode: "serial" });

const number = (text: string) => Number(text.replace("−", "-").replace(/[^\d-]/g, ""));

async function balance(page: Page): Promise<number> {
  await page.goto("/account/coins");
  return number(await page.getByRole("main").locator(".card strong").first().innerText());
}

for (const js of [true, false]) {
  test(`coins take something off what is bought ${js ? "with" : "without"} JavaScript`, async ({ browser, baseURL }) => {
    test.slow();
    const context = await browser.newContext({
      javaScriptEnabled: js,
      viewport: { width: 1280, height: 800 },
      baseURL: baseURL!,
      extraHTTPHeaders: { "x-forwarded-for": `10.10.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}` },
    });
    try {
      const page = await context.newPage();
      await signIn(page, SHOPPER, passwordOf(SHOPPER));
      await expect(page).toHaveURL("/account");
      const before = await balance(page);
      expect(before).toBeGreaterThan(0);

      await openProduct(page, js, "/search?sort=price_up");
      await addToCart(page, js, 1);
      await page.goto("/checkout");
      if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
      await chooseCouriers(page, js);
      await choose(page, js, /BCA Virtual Account/);
      const row = page.locator(".checkout-sum .summary-row").filter({ hasText: cart.part_coins });
      await expect(row).toHaveCount(0);
      await page.getByRole("checkbox", { name: w.spend }).check();
      if (!js) await page.locator("#coins").getByRole("button", { name: checkout.use_choice, exact: true }).click();
      await expect(row).toBeVisible();
      const off = -number(await row.locator("dd").innerText());
      expect(off).toBeGreaterThan(0);
      expect(off).toBeLessThanOrEqual(before);
      const amounts = (await page.locator(".checkout-sum .summary dd").allInnerTexts()).map(number).reverse();
      expect(amounts.slice(1).reduce((sum, part) => sum + part, 0)).toBe(amounts[0]);

      await place(page);
      await payAtBank(page);
      expect(await balance(page)).toBe(before - off);
      const spent = page.locator(".summary-row").filter({ hasText: w.spent }).first();
      expect(number(await spent.locator("dd").innerText())).toBe(-off);
      await spent.getByRole("link").click();
      await expect(page).toHaveURL(/\/account\/orders\/[0-9a-f-]+$/);
      await expect(page.locator(".summary-row").filter({ hasText: cart.part_coins })).toContainText(new RegExp(`${off}`.replace(/(\d)(?=(\d{3})+$)/g, "$1.")));
    } finally {
      await context.close();
    }
  });
}
