import { expect, test, words } from "./base";

const w = words("storefront", "id");

// A browser that says it has no head is a robot, and those are not counted.
test.use({ userAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36" });

test("what was looked at can be found again, and forgotten", async ({ page, axe, whole, shot }) => {
  const seen = page.getByRole("region", { name: w.recently_seen });
  const forYou = page.getByRole("region", { name: w.for_you });
  await page.goto("/");
  await expect(page.getByRole("region", { name: w.trending })).toBeVisible();
  await expect(seen).toHaveCount(0);
  await expect(forYou).toHaveCount(0);

  await page.goto("/search?sort=sold");
  const links = page.locator(".product-card-link");
  const products = await Promise.all([0, 1].map(async (i) => ({ name: await links.nth(i).innerText(), path: (await links.nth(i).getAttribute("href"))! })));
  const [first, second] = products as [{ name: string; path: string }, { name: string; path: string }];
  await page.goto(first.path);
  await expect(seen).toHaveCount(0);
  // Looks are written in the background.
  await expect(async () => {
    await page.goto(second.path);
    await expect(seen.getByRole("link", { name: first.name })).toHaveCount(1, { timeout: 1_000 });
  }).toPass();
  await expect(seen.getByRole("link", { name: second.name })).toHaveCount(0);
  await whole();

  await expect(async () => {
    await page.goto("/");
    await expect(seen.locator(".product-card")).toHaveCount(2, { timeout: 1_000 });
  }).toPass();
  await expect(seen.locator(".product-card-name").first()).toHaveText(second.name);
  await expect(forYou.locator(".product-card").first()).toBeVisible();
  await whole();
  await axe();
  await shot("home-known");

  await seen.getByRole("button", { name: w.forget_history }).click();
  await expect(page).toHaveURL("/");
  await expect(seen).toHaveCount(0);
  await expect(forYou).toHaveCount(0);
  expect((await page.context().cookies()).map((cookie) => cookie.name)).not.toContain("visitor");
});
