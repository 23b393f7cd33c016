import { expect, type APIRequestContext } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";

export const operator = "operator@pasar.example";

/** The demonstration's people have passwords of this installation, which `pasar seed` said; or `OPERATOR_PASSWORD`. */
export function passwordOf(address: string): string {
  if (address === operator && process.env.OPERATOR_PASSWORD) return process.env.OPERATOR_PASSWORD;
  const said = readFileSync(join(import.meta.dirname, "../server.log"), "utf8");
  const found = said.split("\n").map((line) => line.match(/Sign in as (\S+) with the password (\S+)/));
  const password = found.find((line) => line?.[1] === address)?.[2];
  if (!password) throw new Error(`The server's log does not say the password of ${address}.`);
  return password;
}

let token: Promise<string> | undefined;

/** One session for all journeys of a worker. */
async function bearer(request: APIRequestContext): Promise<string> {
  token ??= request
    .post("/api/v1/sessions", { data: { contact: operator, password: passwordOf(operator) } })
    .then(async (answer) => {
      expect(answer.status(), await answer.text()).toBe(201);
      return ((await answer.json()) as { token: string }).token;
    });
  return token;
}

interface Row {
  id: string;
  kind: string;
  to: string;
}

/** The text of the latest message of a kind to an address, once it is there: `mail(request, "a@mail.example", "verify_email")`. */
export async function mail(request: APIRequestContext, to: string, kind: string): Promise<string> {
  const headers = { authorization: `Bearer ${await bearer(request)}` };
  const ask = async <T>(name: string, data: object): Promise<T> => {
    const answer = await request.post(`/_fn/backoffice/messages/rpc/${name}`, { data, headers });
    expect(answer.status(), name).toBe(200);
    return (await answer.json()) as T;
  };
  let text: string | null = null;
  await expect
    .poll(async () => {
      const { page } = await ask<{ page: { items: Row[] } }>("list", { filter: { q: to, kind } });
      const row = page.items.find((row) => row.to === to && row.kind === kind);
      const found = row && (await ask<{ text: string | null; secrets: string }>("one", { id: row.id }));
      text = found?.secrets === "shown" ? found.text : null;
      return text !== null;
    }, { message: `${kind} to ${to}`, timeout: 30_000 })
    .toBe(true);
  return text!;
}

/** The code of six digits in a message. */
export function codeIn(text: string): string {
  const found = text.match(/\b(\d{3}) ?(\d{3})\b/);
  if (!found) throw new Error(`There is no code in: ${text}`);
  return found[1]! + found[2]!;
}

/** The path of a link in a message that leads to this page. */
export function linkIn(text: string, page: string): string {
  const found = text.match(new RegExp(`${page}\\?token=[\\w-]+`));
  if (!found) throw new Error(`There is no link to ${page} in: ${text}`);
  return found[0];
}
