import { randomUUID } from "node:crypto";
import type { APIRequestContext, Page } from "@playwright/test";
import { expect, words } from "./base";
import { codeIn, mail } from "./mail";

const door = words("door", "id");

/** Long enough, and on no list of usual ones. */
export const PASSWORD = "lautan biru senja kala";

/** Presses a button of the page itself, not of its header. */
export const press = (page: Page, name: string) => page.getByRole("main").getByRole("button", { name, exact: true }).click();

/** Registers through the pages with an address nobody has, which is returned; the new account is signed in. */
export async function register(page: Page, request: APIRequestContext, address = `${randomUUID()}@mail.example`): Promise<string> {
  await page.goto("/register");
  await page.getByLabel(door.contact).fill(address);
  await page.getByLabel(door.password).fill(PASSWORD);
  await press(page, door.register);
  await expect(page).toHaveURL("/verify");
  await page.getByLabel(door.code).fill(codeIn(await mail(request, address, "verify_email")));
  await press(page, door.confirm);
  await expect(page).toHaveURL("/account");
  return address;
}

export async function signIn(page: Page, address: string, password = PASSWORD): Promise<void> {
  if (!page.url().includes("/sign-in")) await page.goto("/sign-in");
  await page.getByLabel(door.contact).fill(address);
  await page.getByLabel(door.password).fill(password);
  await press(page, door.sign_in);
}

export async function signOut(page: Page): Promise<void> {
  await page.goto("/account/security");
  await press(page, door.sign_out);
  await expect(page).toHaveURL("/");
}
