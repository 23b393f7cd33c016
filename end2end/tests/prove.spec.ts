import { expect, test, words } from "./base";
import { needsDatabase, provedLongAgo } from "./database";
import { PASSWORD, press, register } from "./people";
import { openShop, ready } from "./selling";

const w = words("seller", "id");
const door = words("door", "id");

test.beforeEach(needsDatabase);

test("whoever proved who they are long ago proves it again before a shop's people change", async ({ page, request, js, axe, whole, shot }) => {
  test.slow();
  const address = await register(page, request);
  const shop = await openShop(page, "Teh");
  provedLongAgo(address);
  await page.goto(`/seller/${shop.slug}/staff`);
  await expect(page.getByText(w.people_prove_first)).toBeVisible();
  await expect(page.getByLabel(w.email)).toHaveCount(0);
  await whole();
  await axe();
  await shot("staff-prove-first");

  await page.getByRole("main").getByRole("link", { name: door.prove }).click();
  await expect(page.getByLabel(door.password)).toBeVisible();
  await ready(page, js);
  await page.getByLabel(door.password).fill(PASSWORD);
  await press(page, door.confirm);
  await expect(page).toHaveURL(`/seller/${shop.slug}/staff`);
  await ready(page, js);
  await page.getByLabel(w.email).fill("rina@mail.example");
  await page.locator("#field-role").selectOption("fulfilment");
  await press(page, w.invite_button);
  await expect(page.getByText("rina@mail.example").first()).toBeVisible();
});
