import type { CDPSession, Page } from "@playwright/test";
import { expect, test, words } from "./base";
import { register, signIn, signOut, press } from "./people";

const door = words("door", "id");
const security = words("security", "id");

// Browsers bind passkeys to a name, and bare addresses have none.
test.use({ baseURL: async ({}, use) => use(process.env.BASE_URL?.replace("127.0.0.1", "localhost")) });

/** A device that verifies its owner, in Chromium instead of in a pocket. `beside`: it is offered beside fields, too. */
async function device(page: Page, beside = false): Promise<{ cdp: CDPSession; id: string }> {
  // What is offered beside a field is answered at once where nobody has to touch anything.
  if (!beside) {
    await page.addInitScript(() => {
      PublicKeyCredential.isConditionalMediationAvailable = () => Promise.resolve(false);
    });
  }
  const cdp = await page.context().newCDPSession(page);
  await cdp.send("WebAuthn.enable");
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}

/** Whether the device's owner picks and touches what it offers, or leaves it alone. */
async function touching({ cdp, id }: { cdp: CDPSession; id: string }, enabled: boolean): Promise<void> {
  await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId: id, enabled });
}

/** Opens the page to sign in on and waits until the browser has been asked to offer passkeys beside the address. */
async function offered(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const ask = navigator.credentials.get.bind(navigator.credentials);
    navigator.credentials.get = (how) => {
      document.documentElement.dataset.asked = how?.mediation ?? "";
      return ask(how);
    };
  });
  await page.goto("/sign-in");
  await page.locator("html[data-asked=conditional]").waitFor({ state: "attached" });
}

async function add(page: Page, awake: () => Promise<void>): Promise<void> {
  await page.goto("/account/security/passkeys");
  await awake();
  await press(page, security.passkey_add);
}

test("a passkey is added, lets in by itself and stands after the password", async ({ page, request, awake, axe, whole, shot }) => {
  test.slow();
  await device(page);
  const address = await register(page, request);
  await add(page, awake);
  await expect(page).toHaveURL("/account/security/recovery-codes");
  await expect(page.locator("code.secret")).toHaveCount(10);

  await page.goto("/account/security/passkeys");
  const row = page.locator(".account-parts > li");
  await expect(row).toHaveCount(1);
  await whole();
  await axe();
  await shot("passkeys");

  // The same device is asked once.
  await awake();
  await press(page, security.passkey_add);
  await expect(page.getByText(security.passkey_known)).toBeVisible();
  await expect(row).toHaveCount(1);

  await row.locator("summary").click();
  await page.getByLabel(security.passkey_name).fill("Ponsel Sari");
  await row.getByRole("button", { name: new RegExp(`^${words("account", "id").save}`) }).click();
  await expect(row.locator("strong")).toHaveText("Ponsel Sari");

  await signOut(page);
  await page.goto("/sign-in");
  await whole();
  await axe();
  await shot("sign-in-passkey");
  await awake();
  await press(page, security.passkey_sign_in);
  await expect(page).toHaveURL("/account");

  await signOut(page);
  await signIn(page, address);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await whole();
  await axe();
  await awake();
  await press(page, security.passkey_use);
  await expect(page).toHaveURL("/account");
});

test("without a password the last passkey stays", async ({ page, request, awake, expectFailures }) => {
  await device(page);
  const address = await register(page, request);
  await add(page, awake);
  await expect(page).toHaveURL("/account/security/recovery-codes");
  await page.goto("/account/security/passkeys");
  await awake();
  await press(page, security.password_remove);
  await expect(page.getByRole("main").getByRole("button", { name: security.password_remove })).toHaveCount(0);

  expectFailures(["409 POST /_fn/account/passkeys/rpc/remove_passkey"]);
  await page.locator(".account-parts > li").getByRole("button", { name: new RegExp(`^${security.passkey_remove}`) }).click();
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await expect(page.locator(".account-parts > li")).toHaveCount(1);

  await signOut(page);
  expectFailures(["401 POST /_fn/account/door/rpc/sign_in"]);
  await page.goto("/sign-in");
  await awake();
  await signIn(page, address);
  await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
  await page.goto("/sign-in");
  await awake();
  await press(page, security.passkey_sign_in);
  await expect(page).toHaveURL("/account");
});

test("a device that does not know its owner is not let in", async ({ page, request, awake }) => {
  const { cdp, id } = await device(page);
  await register(page, request);
  await add(page, awake);
  await expect(page).toHaveURL("/account/security/recovery-codes");
  await signOut(page);
  await page.goto("/sign-in");
  await awake();
  await cdp.send("WebAuthn.setUserVerified", { authenticatorId: id, isUserVerified: false });
  await press(page, security.passkey_sign_in);
  await expect(page.getByText(security.passkey_declined)).toBeVisible();
  await expect(page).toHaveURL("/sign-in");
});

test("a passkey is offered beside the address, and picking it there lets in", async ({ page, request, awake, axe, whole }) => {
  test.slow();
  const owner = await device(page, true);
  const address = await register(page, request);
  await add(page, awake);
  await expect(page).toHaveURL("/account/security/recovery-codes");
  await signOut(page);

  // Whoever leaves the offer alone signs in as ever.
  await touching(owner, false);
  await offered(page);
  await expect(page.getByLabel(door.contact)).toHaveAttribute("autocomplete", /\bwebauthn\b/);
  await whole();
  await axe();
  await signIn(page, address);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await expect(page.getByRole("main").getByRole("button", { name: security.passkey_use })).toBeVisible();

  // Picked, it leads to where its owner was going. Nothing is pressed, and the page may be left before all of it is there.
  await touching(owner, true);
  await page.goto("/sign-in?next=/account/addresses", { waitUntil: "commit" });
  await expect(page).toHaveURL("/account/addresses");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});

test("the button takes the place of the offer that waits", async ({ page, request, awake }) => {
  const owner = await device(page, true);
  await register(page, request);
  await add(page, awake);
  await expect(page).toHaveURL("/account/security/recovery-codes");
  await signOut(page);
  await touching(owner, false);
  await offered(page);
  await touching(owner, true);
  await press(page, security.passkey_sign_in);
  await expect(page).toHaveURL("/account");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
});
