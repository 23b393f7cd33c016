import { expect, test, words } from "./base";
import { linkIn, mail } from "./mail";
import { PASSWORD, press, register, signIn, signOut } from "./people";

const door = words("door", "id");
const w = words("account", "id");

test("somebody registers, keeps an address and a thing, and finds both after signing in again", async ({ page, request, js, awake, expectFailures, axe, whole, shot }) => {
  test.slow();
  // A form that is refused is a status for a program, and the same page again without one.
  if (js) expectFailures(["422 POST /_fn/account/addresses/rpc/save_address", "401 POST /_fn/account/door/rpc/sign_in"]);
  // Whoever is not signed in is asked to, and goes on from there.
  await page.goto("/account/addresses");
  await expect(page).toHaveURL("/sign-in?next=%2Faccount%2Faddresses");
  await whole();
  await axe();
  await shot("sign-in");
  await page.goto("/register");
  await whole();
  await axe();
  await shot("register");
  const address = await register(page, request);
  await page.goto("/account");
  await whole();
  await axe();
  await shot("account");

  await page.goto("/account/addresses");
  await expect(page.getByText(w.addresses_none_text)).toBeVisible();
  await shot("addresses-none");
  await page.getByRole("link", { name: w.address_new }).click();
  await page.getByLabel(w.place_find).fill("kebayoran baru");
  await page.getByLabel(w.place_find).press("Enter");
  await page.getByRole("main").getByRole("link", { name: /Kebayoran Baru Jakarta Selatan/ }).click();
  await expect(page.locator(".place-chosen")).toContainText("Kebayoran Baru");
  await page.getByLabel(w.postcode).selectOption("12110");
  await page.getByLabel(w.recipient).fill("Sari Wulandari");
  await page.getByLabel(w.phone).fill("12");
  await page.getByLabel(w.street).fill("Jl. Melati No. 5, RT 03/RW 04");
  await whole();
  await axe();
  await shot("address-new");
  await press(page, w.save);
  // What is wrong is said at its field, and what was typed is still there.
  await expect(page.getByText(w.phone_wrong)).toBeVisible();
  await expect(page.getByLabel(w.street)).toHaveValue("Jl. Melati No. 5, RT 03/RW 04");
  await page.getByLabel(w.phone).fill("0812 3456 7890");
  await press(page, w.save);
  await expect(page).toHaveURL("/account/addresses");
  await expect(page.getByRole("article")).toContainText("0812-3456-7890");
  await expect(page.getByRole("article")).toContainText(w.address_default);
  await whole();
  await axe();
  await shot("addresses");

  await page.goto("/search?q=kaos");
  await page.locator(".product-card-link").first().click();
  await expect(page.getByRole("main").getByRole("button", { name: w.wish_add, exact: true })).toBeVisible();
  const name = await page.getByRole("heading", { level: 1 }).innerText();
  await press(page, w.wish_add);
  await expect(page.getByRole("main").getByRole("button", { name: w.wish_remove })).toBeVisible();
  await page.goto("/account/wishlist");
  await expect(page.getByRole("main").getByRole("link", { name })).toBeVisible();
  await whole();
  await axe();
  await shot("wishlist");

  // The same heart is on its card, where it lets go of the thing and the page stays.
  await page.goto("/search?q=kaos");
  const heart = page.getByRole("button", { name: w.wish_this.replace("{name}", name), exact: true }).first();
  for (const kept of ["true", "false"]) {
    await expect(heart).toHaveAttribute("aria-pressed", kept);
    await heart.click();
  }
  await expect(heart).toHaveAttribute("aria-pressed", "true");
  await expect(page).toHaveURL("/search?q=kaos");

  await signOut(page);
  await page.goto("/account/wishlist");
  if (js) await awake();
  await signIn(page, address, "bukan kata sandi saya");
  await expect(page.getByRole("alert").first()).toBeVisible();
  await signIn(page, address);
  await expect(page).toHaveURL("/account/wishlist");
  await expect(page.getByRole("main").getByRole("link", { name })).toBeVisible();
});

test("a forgotten password is replaced by the link in the mail, once", async ({ page, request, js, awake, expectFailures, axe, whole, shot }) => {
  if (js) expectFailures(["410 POST /_fn/account/door/rpc/reset", "401 POST /_fn/account/door/rpc/sign_in"]);
  const address = await register(page, request);
  await signOut(page);
  await page.goto("/forgot");
  await page.getByLabel(door.contact).fill(address);
  await press(page, door.forgot_send);
  await expect(page.getByText(door.forgot_sent)).toBeVisible();
  await whole();
  await axe();
  await shot("forgot");
  const link = linkIn(await mail(request, address, "reset_password"), "/reset");
  const anew = "gunung tinggi embun pagi";
  for (const expected of [/\/sign-in\?reset=1/, /\/reset/]) {
    await page.goto(link);
    // A form sent before the page is awake is answered by a page.
    if (js) await awake();
    await page.getByLabel(door.password_new).fill(anew);
    await press(page, door.reset_save);
    await expect(page).toHaveURL(expected);
  }
  await expect(page.getByRole("alert").first()).toBeVisible();
  await page.goto("/sign-in");
  if (js) await awake();
  await signIn(page, address, PASSWORD);
  await expect(page.getByRole("alert").first()).toBeVisible();
  await signIn(page, address, anew);
  await expect(page).toHaveURL("/account");
});

test("another device is seen and its session ended", async ({ page, browser, request, axe, whole, shot }) => {
  const address = await register(page, request);
  const other = await browser.newContext({ javaScriptEnabled: false });
  try {
    const elsewhere = await other.newPage();
    await elsewhere.goto("/sign-in");
    await signIn(elsewhere, address);
    await expect(elsewhere).toHaveURL("/account");

    await page.goto("/account/security");
    await expect(page.getByText(door.device_this)).toHaveCount(1);
    await whole();
    await axe();
    await shot("security");
    await press(page, door.device_end);
    await expect(page.getByRole("main").getByRole("button", { name: door.device_end, exact: true })).toHaveCount(0);

    await elsewhere.goto("/account");
    await expect(elsewhere).toHaveURL("/sign-in?next=%2Faccount");
  } finally {
    await other.close();
  }
  await page.goto("/account");
  await expect(page).toHaveURL("/account");
});

test("a copy of everything is made and fetched, and an account closed and kept", async ({ page, request, js, awake, expectFailures, axe, whole, shot }) => {
  if (js) expectFailures(["422 POST /_fn/account/privacy/rpc/close_account"]);
  await register(page, request);
  await page.goto("/account/privacy");
  await whole();
  await axe();
  await press(page, w.export_ask);
  const ready = page.getByRole("link", { name: /^Unduh/ });
  await expect(async () => {
    await page.goto("/account/privacy");
    await expect(ready).toBeVisible({ timeout: 1_000 });
  }).toPass();
  const archive = await page.request.get((await ready.getAttribute("href"))!);
  expect(archive.status()).toBe(200);
  expect(archive.headers()["content-disposition"]).toContain("attachment");
  expect((await archive.body()).subarray(0, 2).toString()).toBe("PK");
  const stranger = await request.get((await ready.getAttribute("href"))!);
  expect([302, 401, 404]).toContain(stranger.status());

  if (js) await awake();
  await press(page, w.closing_ask);
  await expect(page.getByText(w.closing_unsure)).toBeVisible();
  await page.getByLabel(w.closing_sure).check();
  await press(page, w.closing_ask);
  const keep = page.getByRole("main").getByRole("button", { name: w.closing_cancel, exact: true });
  await expect(keep).toBeVisible();
  await shot("closing");
  await keep.click();
  await expect(page.getByRole("main").getByRole("button", { name: w.closing_ask, exact: true })).toBeVisible();
});
