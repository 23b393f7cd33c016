import { expect, test, words } from "./base";

const w = words("legal", "id");

test("what people agree to is read from the foot of every page and from where they agree", async ({ page, axe, whole, shot }) => {
  await page.goto("/");
  await page.getByRole("contentinfo").getByRole("link", { name: w.terms, exact: true }).click();
  await expect(page).toHaveURL("/terms");
  await expect(page.getByRole("heading", { level: 1, name: w.terms })).toBeVisible();
  await whole();
  await axe();
  await shot("terms");

  await page.getByRole("main").getByRole("link", { name: w.see_privacy }).click();
  await expect(page).toHaveURL("/privacy");
  await expect(page.getByRole("heading", { level: 1, name: w.privacy })).toBeVisible();
  await expect(page.getByText(w.write_to)).toBeVisible();
  await whole();
  await axe();
  await shot("privacy");

  await page.goto("/register");
  for (const [name, to] of [[w.see_terms, "/terms"], [w.see_privacy, "/privacy"]] as const) {
    await expect(page.getByRole("main").getByRole("link", { name })).toHaveAttribute("href", to);
  }
});
