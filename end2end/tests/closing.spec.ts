import type { APIRequestContext } from "@playwright/test";
import { expect, test, words } from "./base";
import { graceIsOver, needsDatabase } from "./database";
import { press, register, signIn } from "./people";

const w = words("account", "id");

test.beforeEach(needsDatabase);

const status = async (request: APIRequestContext, path: string) =>
  (await request.get(path, { headers: { accept: "text/html" } })).status();

test("when its waiting time is over a closed account is gone for good", async ({ page, browser, request, js, awake, expectFailures, whole, axe, shot }) => {
  test.slow();
  if (js) expectFailures(["401 POST /_fn/account/door/rpc/sign_in"]);
  const address = await register(page, request);
  await page.goto("/search?q=kaos");
  await page.locator(".product-card-link").first().click();
  const keep = page.getByRole("main").getByRole("button", { name: w.wish_add, exact: true });
  await expect(keep).toBeVisible();
  const thing = (await page.getByRole("heading", { level: 1 }).innerText()).trim();
  await keep.click();
  await expect(page.getByRole("main").getByRole("button", { name: w.wish_remove })).toBeVisible();
  await page.goto("/account/wishlist");
  await page.locator(".list-settings summary").first().click();
  await press(page, w.wishlist_share);
  const link = page.locator("input[name=link]");
  await expect(link).toHaveValue(/\/w\/[\w-]+$/);
  const shared = new URL(await link.inputValue()).pathname;

  const other = await browser.newContext({ javaScriptEnabled: js });
  try {
    const friend = await other.newPage();
    await friend.goto(shared);
    await expect(friend.getByRole("main").getByRole("link", { name: thing })).toBeVisible();

    await page.goto("/account/privacy");
    await page.getByLabel(w.closing_sure).check();
    await press(page, w.closing_ask);
    await expect(page.getByRole("main").getByRole("button", { name: w.closing_cancel, exact: true })).toBeVisible();
    await whole();
    await axe();
    // Until then nothing is lost.
    expect(await status(request, shared)).toBe(200);

    graceIsOver(address);
    await expect.poll(() => status(request, shared), { timeout: 45_000 }).toBe(404);
    await friend.goto(shared);
    await expect(friend.getByRole("heading", { level: 1 })).toHaveText("Halaman tidak ditemukan");
  } finally {
    await other.close();
  }

  // The browser that is still signed in is not any more, and nobody gets in again.
  await page.goto("/account");
  await expect(page).toHaveURL("/sign-in?next=%2Faccount");
  // Sent before the page is awake it would be refused all the same, but by a page of its own.
  if (js) await awake();
  await signIn(page, address);
  await expect(page.getByRole("main").getByRole("alert").first()).toBeVisible();
  await expect(page).toHaveURL(/\/sign-in/);
  await axe();
  await shot("closed");

  // Whoever comes with the address after that is somebody new.
  await register(page, request, address);
  await page.goto("/account/wishlist");
  await expect(page.getByText(w.wishlist_none_text)).toBeVisible();
  await expect(page.getByText(thing)).toHaveCount(0);
});
