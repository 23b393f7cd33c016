import { expect, test, words } from "./base";
import { needsDatabase } from "./database";
import { operator, passwordOf } from "./mail";
import { press, signIn } from "./people";
import { ready } from "./selling";

const books = words("books", "id");
const fees = words("fees", "id");

test("an operator has the books checked, and everything fits", async ({ page, js, axe, whole, shot }) => {
  needsDatabase();
  // After whatever all other journeys have done.
  test.slow();
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
  // What a job found has moved what stood below it; as the page is from then on it stands still.
  await page.goto("/backoffice/books");
  await expect(fits).toBeVisible();
  await ready(page, js);
  await whole();
  await axe();
  await shot("backoffice-books");
});

test("what was typed of a fee stays when it is refused", async ({ page, js, expectFailures }) => {
  if (js) expectFailures(["422 POST /_fn/backoffice/fees/rpc/set_fee"]);
  await signIn(page, operator, passwordOf(operator));
  await expect(page).toHaveURL("/account");
  await page.goto("/backoffice/fees");
  await ready(page, js);
  const main = page.getByRole("main");
  await main.getByLabel(fees.about_what).selectOption({ label: fees.category });
  await main.getByLabel(fees.target).fill("kategori-yang-tidak-ada");
  await main.getByLabel(fees.rate).fill("2,5");
  await press(page, fees.set);
  await expect(main.getByLabel(fees.target)).toHaveAttribute("aria-invalid", "true");
  await expect(main.getByLabel(fees.target)).toHaveValue("kategori-yang-tidak-ada");
  await expect(main.getByLabel(fees.rate)).toHaveValue("2,5");
  // With scripts the form stays where it is, and its lists go back to their first choice: a fault that is known.
  if (!js) await expect(main.getByLabel(fees.about_what)).toHaveValue("category");
});
