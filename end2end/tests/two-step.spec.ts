import type { APIRequestContext, Page } from "@playwright/test";
import { createHmac, randomUUID } from "node:crypto";
import { expect, test, words } from "./base";
import { codeIn, linkIn, mail } from "./mail";

const door = words("door", "id");
const security = words("security", "id");
const password = "lautan biru senja kala";

/** The code an authenticator app shows now, or some steps of 30 seconds later (RFC 6238). */
function totp(secret: string, later = 0): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret.replace(/\s/g, "")].map((c) => letters.indexOf(c).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + later));
  const hash = createHmac("sha1", key).update(step).digest();
  const word = hash.readUInt32BE(hash[19]! & 0xf) & 0x7fffffff;
  return String(word % 1_000_000).padStart(6, "0");
}

const press = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name, exact: true }).click();

/** Registers through the pages; the new account is signed in and has just proved who it is. */
async function register(page: Page, request: APIRequestContext): Promise<string> {
  const address = `${randomUUID()}@mail.example`;
  await page.goto("/register");
  await page.getByLabel(door.contact).fill(address);
  await page.getByLabel(door.password).fill(password);
  await press(page, door.register);
  await expect(page).toHaveURL("/verify");
  await page.getByLabel(door.code).fill(codeIn(await mail(request, address, "verify_email")));
  await press(page, door.confirm);
  await expect(page).toHaveURL("/account");
  return address;
}

async function leave(page: Page): Promise<void> {
  await page.goto("/account/security");
  await press(page, door.sign_out);
  await expect(page).toHaveURL("/");
}

async function comeIn(page: Page, address: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel(door.contact).fill(address);
  await page.getByLabel(door.password).fill(password);
  await press(page, door.sign_in);
}

test("two-step sign-in is switched on, asked for, and a recovery code stands in for it", async ({ page, request, axe, whole, shot }) => {
  const address = await register(page, request);
  await page.goto("/account/security/two-step");
  await press(page, door.two_step_begin);
  await expect(page.getByRole("img", { name: door.two_step_qr })).toBeVisible();
  const secret = (await page.locator("code.secret").textContent())!;
  await whole();
  await axe();
  await shot("two-step");

  await page.getByLabel(security.two_step_code).fill(totp(secret));
  await press(page, security.two_step_on_action);
  await expect(page).toHaveURL("/account/security/recovery-codes");
  await expect(page.locator("code.secret")).toHaveCount(10);
  const [recovery] = await page.locator("code.secret").allTextContents();
  await whole();
  await axe();
  await page.reload();
  await expect(page.getByText(security.codes_gone)).toBeVisible();

  await leave(page);
  await comeIn(page, address);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  // No code is taken twice, and the next one is taken a step early.
  await page.getByLabel(door.code).fill(totp(secret, 1));
  await press(page, door.sign_in);
  await expect(page).toHaveURL("/account");

  await leave(page);
  await comeIn(page, address);
  await expect(page).toHaveURL(/\/sign-in\/code/);
  await page.getByLabel(door.recovery).fill(recovery!);
  await press(page, door.sign_in);
  await expect(page).toHaveURL("/account");

  await page.goto("/account/security/two-step");
  await press(page, door.two_step_off);
  await expect(page.getByText(security.two_step_off_now)).toBeVisible();
});

test("an e-mail address is changed once both addresses have agreed", async ({ page, request, axe, whole }) => {
  const old = await register(page, request);
  const address = `${randomUUID()}@mail.example`;
  await page.goto("/account/security");
  await page.getByLabel(security.contact_new).fill(address);
  await press(page, security.contact_send);
  await expect(page).toHaveURL("/confirm-contact");
  await page.getByLabel(security.contact_code_new).fill(codeIn(await mail(request, address, "email_change_new")));
  await page.locator("form").filter({ has: page.getByLabel(security.contact_code_new) }).getByRole("button").click();
  await expect(page.getByText(security.contact_half)).toBeVisible();

  // Opening the link changes nothing; its button does.
  await page.goto(linkIn(await mail(request, old, "email_change_old"), "/confirm-contact"));
  await whole();
  await axe();
  await press(page, security.contact_agree);
  await expect(page.getByText(security.contact_done)).toBeVisible();
  await page.goto("/account/security");
  await expect(page.getByRole("main").getByText(address)).toBeVisible();
});

test("a change of address is stopped from the old one", async ({ page, request }) => {
  const old = await register(page, request);
  const address = `${randomUUID()}@mail.example`;
  await page.goto("/account/security");
  await page.getByLabel(security.contact_new).fill(address);
  await press(page, security.contact_send);
  await expect(page).toHaveURL("/confirm-contact");
  await page.goto(linkIn(await mail(request, old, "email_change_old"), "/stop-contact-change"));
  await press(page, security.stop_act);
  await expect(page.getByText(security.stop_done)).toBeVisible();
  await page.goto("/confirm-contact");
  await expect(page.getByText(security.contact_none)).toBeVisible();
});

test("news is switched off and stays off", async ({ page, request, axe, whole }) => {
  await register(page, request);
  await page.goto("/account/notifications");
  await whole();
  await axe();
  const mails = page.getByRole("group", { name: "Harga turun" }).getByRole("checkbox", { name: "E-mail" });
  await expect(mails).toBeChecked();
  await mails.uncheck();
  await press(page, words("account", "id").save);
  await expect(page.getByText(words("account", "id").saved)).toBeVisible();
  await page.goto("/account/notifications");
  await expect(mails).not.toBeChecked();
});
