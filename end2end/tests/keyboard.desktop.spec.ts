import { expect, test, words } from "./base";

const shell = words("shell", "id");

test("the keyboard finds the way past the header, and shows where it is", async ({ page }) => {
  await page.goto("/");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: shell.skip_to_content });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL("/#content");
  await expect(page.locator("#content")).toBeFocused();

  await page.goto("/");
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press("Tab");
    const seen = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const style = getComputedStyle(element);
      const box = element.getBoundingClientRect();
      const ringed = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
      return { what: element.outerHTML.slice(0, 120), marked: ringed || style.boxShadow !== "none", size: box.width * box.height };
    });
    // Past the last stop the focus leaves the page.
    if (!seen) break;
    expect(seen.marked, `nothing shows that this has the focus: ${seen.what}`).toBe(true);
    expect(seen.size, `this has the focus and cannot be seen: ${seen.what}`).toBeGreaterThan(0);
  }
});
