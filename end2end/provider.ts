import { createHash, generateKeyPairSync, randomUUID, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

interface Ticket {
  nonce: string;
  challenge: string;
  email: string;
}

const escaped = (text: string) => text.replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const part of request) body += String(part);
  return body;
}

/** A provider to sign in through (OpenID Connect). It asks for an address and believes whoever types one. */
export async function provider(): Promise<{ issuer: string; stop: () => void }> {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const tickets = new Map<string, Ticket>();
  let issuer = "";

  const statement = (ticket: Ticket) => {
    const now = Math.floor(Date.now() / 1000);
    const head = encoded({ alg: "ES256", kid: "one" });
    const claims = encoded({
      iss: issuer,
      aud: "pasar",
      sub: createHash("sha256").update(ticket.email).digest("hex"),
      iat: now,
      exp: now + 300,
      auth_time: now,
      nonce: ticket.nonce,
      email: ticket.email,
      email_verified: true,
    });
    const signed = `${head}.${claims}`;
    const signature = sign("sha256", Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" });
    return `${signed}.${signature.toString("base64url")}`;
  };

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", issuer);
    const json = (status: number, value: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
    switch (url.pathname) {
      case "/.well-known/openid-configuration":
        return json(200, {
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          jwks_uri: `${issuer}/keys`,
          response_types_supported: ["code"],
          subject_types_supported: ["public"],
          id_token_signing_alg_values_supported: ["ES256"],
        });
      case "/keys":
        return json(200, { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "ES256" }] });
      case "/authorize":
        return response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(
          `<!doctype html><html lang="id"><title>Contoh</title><h1>Contoh</h1><form action="/allow">
           <input type="hidden" name="asked" value="${escaped(url.search)}">
           <label>Alamat <input name="email"></label> <button>Izinkan</button></form></html>`,
        );
      case "/allow": {
        const asked = new URLSearchParams(url.searchParams.get("asked") ?? "");
        const code = randomUUID();
        tickets.set(code, {
          nonce: asked.get("nonce") ?? "",
          challenge: asked.get("code_challenge") ?? "",
          email: url.searchParams.get("email") ?? "",
        });
        const back = new URL(asked.get("redirect_uri") ?? issuer);
        back.search = new URLSearchParams({ code, state: asked.get("state") ?? "" }).toString();
        return response.writeHead(302, { location: back.toString() }).end();
      }
      case "/token":
        return void bodyOf(request).then((body) => {
          const form = new URLSearchParams(body);
          const ticket = tickets.get(form.get("code") ?? "");
          tickets.delete(form.get("code") ?? "");
          const challenge = createHash("sha256").update(form.get("code_verifier") ?? "").digest("base64url");
          if (ticket?.challenge !== challenge) return json(400, { error: "invalid_grant" });
          return json(200, { access_token: "unused", token_type: "Bearer", id_token: statement(ticket) });
        });
      default:
        return response.writeHead(204).end();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
