import { expect, test } from "./base";

// What is sent wrongly gets the right status, as a document programs can read or a page people can.
const program = { accept: "application/json" };
const ours = { "sec-fetch-site": "same-origin" };

test("an unknown address of the API is a problem document", async ({ request }) => {
  const answer = await request.get("/api/v1/no-such-thing", { headers: program });
  expect(answer.status()).toBe(404);
  expect(answer.headers()["content-type"]).toContain("application/problem+json");
  expect(await answer.json()).toMatchObject({ status: 404, code: "not_found", request_id: expect.any(String) });
});

test("a body over the limit is refused, and who sent it can read so", async ({ request }) => {
  const answer = await request.post("/preferences", { headers: ours, form: { lang: "en", next: `/${"x".repeat(8 << 20)}` }, maxRedirects: 0 });
  expect(answer.status()).toBe(413);
});

test("a choice that does not exist is left alone", async ({ request }) => {
  const answer = await request.post("/preferences", { headers: ours, form: { lang: "klingon", next: "/design" }, maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toBe("/design");
  expect(answer.headers()["set-cookie"]).toBeUndefined();
});

test("an unknown server function is not found, without a panic", async ({ request }) => {
  const answer = await request.post("/_fn/storefront/no/such", { headers: { ...ours, ...program }, data: {} });
  expect(answer.status()).toBe(404);
});

test("no other site's form switches language or theme, and none leads to another site", async ({ request }) => {
  const form = { lang: "en", next: "/" };
  const theirs = await request.post("/preferences", { form, headers: { origin: "https://evil.example", "sec-fetch-site": "cross-site" }, maxRedirects: 0 });
  expect(theirs.status()).toBe(403);
  expect(theirs.headers()["set-cookie"]).toBeUndefined();
  const person = await request.post("/preferences", { form, headers: { origin: "https://evil.example", accept: "text/html" }, maxRedirects: 0 });
  expect(person.status()).toBe(403);
  expect(await person.text()).toContain("<h1");

  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example"]) {
    const answer = await request.post("/preferences", { form: { ...form, next }, headers: { "sec-fetch-site": "same-origin" }, maxRedirects: 0 });
    expect(answer.headers().location, next).toBe("/");
  }
});

test("every page says what it may load, and from where", async ({ request }) => {
  const answer = await request.get("/");
  const headers = answer.headers();
  const policy = headers["content-security-policy"];
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src [^;]*'nonce-/);
  expect(policy).not.toContain("'unsafe-inline'");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBeTruthy();

  const other = (await request.get("/")).headers()["content-security-policy"];
  expect(other, "a nonce is used once").not.toBe(policy);
});

test("hashed files are kept for ever, and sent small", async ({ request }) => {
  const html = await (await request.get("/")).text();
  const style = html.match(/href="(\/pkg\/[^"]+\.css)"/)?.[1];
  expect(style, "the page's stylesheet").toBeTruthy();
  const answer = await request.get(style!, { headers: { "accept-encoding": "br" } });
  expect(answer.headers()["cache-control"]).toContain("immutable");
  expect(answer.headers()["content-encoding"]).toBe("br");
});

test("it says that it lives and is ready", async ({ request }) => {
  expect((await request.get("/healthz")).ok()).toBe(true);
  expect((await request.get("/readyz")).ok()).toBe(true);
});
