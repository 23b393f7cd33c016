import { expect, test, words } from "./base";
import { needsDatabase } from "./database";
import { operator, passwordOf } from "./mail";
import { press, signIn } from "./people";
import { ready } from "./selling";

const books = words("books", "id");

test("an operator has the books checked, and everything fits", async ({ page, js, axe, whole, shot }) => {
  needsDatabase();
  await signIn(page, operator, passwordOf(operator));
  await expect(page).toHaveURL("/account");
  await page.goto("/backoffice/books");
  await ready(page, js);
  await press(page, books.check);
  // It is made by a job: the page looks again by itself where it can.
  const fits = page.getByRole("heading", { name: books.fits });
  await expect(async () => {
    if (!js) await page.goto("/backoffice/books");
    await expect(fits).toBeVisible({ timeout: 3_000 });
    await expect(page.getByText(books.under_way!.split("{since}")[0]!)).toHaveCount(0, { timeout: 3_000 });
  }).toPass({ timeout: 30_000 });
  await ready(page, js);
  await whole();
  await axe();
  await shot("backoffice-books");
});
