import { photographed } from "../photographed";
import { expect, test, words } from "./base";

const w = words("storefront", "id");
const path = `/p/${photographed.slug}`;

test("a picture opens over the page and is walked through and enlarged by keyboard", async ({ page, awake, axe, whole, shot }) => {
  await page.goto(path);
  await awake();
  const link = page.locator(".gallery-picture").first();
  await link.focus();
  await page.keyboard.press("Enter");
  const viewer = page.getByRole("dialog", { name: w.pictures });
  await expect(viewer).toBeVisible();
  await expect(viewer.locator("#large-1")).toBeInViewport({ ratio: 0.9 });
  await axe();
  await shot("viewer");

  await page.keyboard.press("ArrowRight");
  await expect(viewer.locator("#large-2")).toBeInViewport({ ratio: 0.9 });
  await page.keyboard.press("ArrowLeft");
  await expect(viewer.locator("#large-1")).toBeInViewport({ ratio: 0.9 });

  const picture = viewer.locator("#large-1 .picture");
  const before = (await picture.boundingBox())!.width;
  await viewer.getByRole("checkbox").first().focus();
  await page.keyboard.press("Space");
  await expect.poll(async () => (await picture.boundingBox())!.width).toBeGreaterThan(before * 1.9);
  await page.keyboard.press("Space");

  await page.keyboard.press("Escape");
  await expect(viewer).toBeHidden();
  await expect(link).toBeFocused();
  await expect(page).toHaveURL(path);
  await whole();
});

test("buttons turn the pictures too", async ({ page, awake }) => {
  await page.goto(path);
  await awake();
  await page.locator(".gallery-picture").first().click();
  const viewer = page.getByRole("dialog", { name: w.pictures });
  await viewer.getByRole("button", { name: w.picture_after }).click();
  await expect(viewer.locator("#large-2")).toBeInViewport({ ratio: 0.9 });
  await viewer.getByRole("button", { name: w.picture_before }).click();
  await expect(viewer.locator("#large-1")).toBeInViewport({ ratio: 0.9 });
});

test("choosing a variant brings its photograph", async ({ page, awake, whole }) => {
  await page.goto(path);
  await awake();
  const first = page.locator(".gallery-strip > li").first();
  await expect(first).toHaveAttribute("id", "picture-1");
  await page.locator(`.option[href$="v=${photographed.sku}"]`).first().click();
  await expect(page).toHaveURL(new RegExp(`v=${photographed.sku}$`));
  await expect(first).toHaveAttribute("id", "picture-2");
  await expect(first).toBeInViewport();
  await whole();
});
