import { buySomething, fillGuest, numberToPay, payAtBank, place } from "./buying";
import { expect, test, words } from "./base";
import { needsDatabase, timeToPayIsOver } from "./database";
import { mail } from "./mail";
import { until } from "./selling";

const w = words("checkout", "id");
const orders = words("orders", "id");

test.beforeEach(needsDatabase);

test("money that comes when the time to pay is over goes back in full", async ({ page, request, js, failures, whole, axe, shot }) => {
  test.slow();
  failures.ignore(/\/pay\/\S+\/events/);
  await buySomething(page, js);
  const email = await fillGuest(page, js, /BCA Virtual Account/);
  await place(page);
  const number = await numberToPay(page);
  const total = (await mail(request, email, "order_to_pay")).match(/Rp\s?[\d.]+/)![0];

  timeToPayIsOver(new URL(page.url()).pathname.split("/").pop()!);
  const over = page.getByRole("heading", { level: 1, name: w.expired });
  // With JavaScript the page says so by itself.
  if (js) await expect(over).toBeVisible({ timeout: 20_000 });
  else await until(page, () => expect(over).toBeVisible({ timeout: 1_000 }));
  await expect(page.getByText(w.expired_text)).toBeVisible();
  await expect(page.locator(".pay-number")).toHaveCount(0);
  await page.reload();
  await expect(over).toBeVisible();
  await whole();
  await axe();
  await shot("pay-expired");

  await payAtBank(page, "pay", number);
  await until(page, () => expect(page.getByRole("heading", { level: 1, name: w.late })).toBeVisible({ timeout: 1_000 }));
  await expect(page.getByRole("main")).toContainText(w.late_text.replace("{amount}", total));
  await whole();
  await axe();
  await shot("pay-late");
  expect(await mail(request, email, "money_back")).toContain(total);

  await page.locator("main a[href^='/account/orders/']").first().click();
  const last = page.locator(".timeline-step[aria-current=step]");
  await expect(last).toContainText(orders.cancelled_itself);
  await expect(last).toContainText("Tidak dibayar sampai batas waktunya");
  // The order was never paid, so nothing of it says so, and what came is on its way back.
  const state = page.locator(".fact").filter({ has: page.getByText(orders.payment_state_label, { exact: true }) });
  await until(page, () => expect(state).toContainText("Dikembalikan", { timeout: 1_000 }));
  await whole();
  await axe();
  await shot("order-late");
});
