import { expect, test, words } from "./base";
import { addToCart, choose, fillAddress, openProduct, place } from "./buying";
import { passwordOf } from "./mail";
import { signIn } from "./people";

const bought = words("orders", "id");
const checkout = words("checkout", "id");

// Once for all windows: the demonstration's seller has one cart.
const SELLER = "seller@pasar.example";

test.describe.configure({ mode: "serial" });

for (const js of [true, false]) {
  test(`a shop's balance pays for what its owner collects at a counter ${js ? "with" : "without"} JavaScript`, async ({ browser, baseURL }) => {
    test.slow();
    const context = await browser.newContext({
      javaScriptEnabled: js,
      viewport: { width: 390, height: 844 },
      baseURL: baseURL!,
      extraHTTPHeaders: { "x-forwarded-for": `10.11.${Math.floor(Math.random() * 250)}.${Math.floor(Math.random() * 250)}` },
    });
    try {
      const page = await context.newPage();
      const ready = async () => {
        if (js) await page.locator("html[data-awake]").waitFor({ state: "attached" });
      };
      await signIn(page, SELLER, passwordOf(SELLER));
      await expect(page).not.toHaveURL(/sign-in/);
      await openProduct(page, js, "/search?sort=price_up");
      await addToCart(page, js, 1);
      await page.goto("/checkout");
      await expect(page.getByRole("heading", { level: 1, name: checkout.title })).toBeVisible();
      if ((await page.getByText(checkout.address_none).count()) > 0) {
        await page.goto("/account/addresses/new?next=%2Fcheckout");
        await fillAddress(page);
        await expect(page).toHaveURL("/checkout");
        await page.goto("/checkout");
      }
      await ready();
      await choose(page, js, /Kirim Cepat Reguler/);
      await ready();
      const counter = new RegExp(checkout.at_counter.split("{")[0]!);
      await choose(page, js, counter);
      await expect(page.getByRole("radio", { name: counter }).first()).toBeChecked();
      await ready();
      await choose(page, js, /Saldo toko/);
      await expect(page.getByText(checkout.missing_title)).toHaveCount(0);
      await place(page);

      // The last of the shops that have enough: what others take out is the first one's.
      const pay = page.getByRole("main").getByRole("button", { name: new RegExp(checkout.pay_from.split("{")[0]!) }).last();
      await expect(pay).toBeVisible();
      await ready();
      await pay.click();
      await expect(page.getByRole("heading", { level: 1, name: checkout.paid })).toBeVisible();
      await page.locator("main a[href^='/account/orders/']").first().click();
      await expect(page).toHaveURL(/\/account\/orders\/[0-9a-f-]+$/);
      const fact = page.locator(".fact").filter({ hasText: bought.counter });
      await expect(fact).toContainText("Loket");
      await expect(fact).not.toContainText("Melati");
    } finally {
      await context.close();
    }
  });
}
