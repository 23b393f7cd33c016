import { photographed } from "../photographed";
import { expect, test } from "./base";

const path = `/p/${photographed.slug}`;

test("photographs come in the best format, with room kept for them", async ({ page, axe, whole, shot }) => {
  await page.goto(path);
  const picture = page.locator(".gallery-picture .picture-img").first();
  await expect(picture).toHaveJSProperty("complete", true);
  expect(await picture.evaluate((i: HTMLImageElement) => i.currentSrc)).toMatch(/\/media\/[0-9a-f-]{36}\/\d+\.avif$/);
  await expect(page.locator(".gallery-thumb")).toHaveCount(2);
  await expect(page.locator(".gallery .picture-blur").first()).toHaveAttribute("src", /^data:image\/webp/);
  await whole();
  await axe();
  await shot("photographs");
});

test("a variant's address shows its photograph first", async ({ page, whole }) => {
  await page.goto(`${path}?v=${photographed.sku}`);
  await expect(page.locator(".gallery-strip > li").first()).toHaveAttribute("id", "picture-2");
  await expect(page.locator(".gallery-thumb[aria-current]")).toHaveAttribute("href", "#picture-2");
  await whole();
});

test("a photograph is a link to itself at its largest", async ({ page, request }) => {
  await page.goto(path);
  const href = await page.locator(".gallery-picture").first().getAttribute("href");
  const answer = await request.get(href!);
  expect(answer.headers()["content-type"]).toBe("image/jpeg");
});
