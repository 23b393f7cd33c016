import { expect, test } from "./base";

test("whatever a thumb is meant to press is large enough", async ({ page }) => {
  await page.goto("/");
  const small = await page.locator("header, .bottom-bar").locator("a, button, summary, input:not([type=hidden])").evaluateAll((elements) =>
    elements
      .filter((element) => element.checkVisibility())
      .map((element) => ({ html: element.outerHTML.slice(0, 100), box: element.getBoundingClientRect() }))
      .filter(({ box }) => Math.min(box.width, box.height) < 43.5)
      .map(({ html, box }) => `${box.width} × ${box.height}: ${html}`),
  );
  expect(small).toEqual([]);
});
