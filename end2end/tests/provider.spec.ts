import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test, words } from "./base";
import { press, register, signOut } from "./people";

const security = words("security", "id");
const LABEL = "Contoh";

/** Says yes at the provider. */
async function allow(page: Page, address: string): Promise<void> {
  await expect(page.getByRole("heading", { name: LABEL, exact: true })).toBeVisible();
  await page.getByLabel("Alamat").fill(address);
  await page.getByRole("button", { name: "Izinkan" }).click();
}

async function signIn(page: Page, address: string): Promise<void> {
  await page.goto("/sign-in");
  await press(page, security.provider_sign_in!.replace("{label}", LABEL));
  await allow(page, address);
}

test.beforeEach(() => {
  test.skip(!process.env.OIDC_SIMULATOR, "The server under test was started without this provider.");
});

test("an account is opened through a provider, and signed in to by it", async ({ page, axe, whole, shot }) => {
  const address = `${randomUUID()}@mail.example`;
  await signIn(page, address);
  await expect(page).toHaveURL("/sign-in/link");
  await whole();
  await axe();
  await shot("provider-link");
  await press(page, security.provider_open!.replace("{email}", address));
  await expect(page).toHaveURL("/account");

  await signOut(page);
  await signIn(page, address);
  await expect(page).toHaveURL("/account");
});

test("an account is linked by its owner, and its address alone links nobody", async ({ page, request }) => {
  const address = await register(page, request);
  await signOut(page);
  await signIn(page, address);
  await expect(page).toHaveURL("/sign-in/link");
  // It is somebody's here: no account is opened with it, and its password is what links.
  await expect(page.getByRole("button", { name: security.provider_open!.replace("{email}", address) })).toHaveCount(0);
  await page.getByLabel(words("door", "id").contact).fill(address);
  await page.getByLabel(words("door", "id").password).fill("lautan biru senja kala");
  await press(page, security.provider_sign_in_and_link);
  await expect(page).toHaveURL("/account/security");
  await expect(page.getByText(security.provider_linked!.split("{")[0]! + address)).toBeVisible();

  await signOut(page);
  await signIn(page, address);
  await expect(page).toHaveURL("/account");
  await page.goto("/account/security");
  await press(page, security.provider_unlink);
  await expect(page.getByText(security.provider_unlinked)).toBeVisible();
});
