import { photographed } from "../photographed";
import { expect, test } from "./base";

const person = { "user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", accept: "text/html" };

test("a photograph is kept for ever, and another size of it does not exist", async ({ request }) => {
  const product = await (await request.get(`/api/v1/products/${photographed.slug}`)).json();
  expect(product.images).toHaveLength(2);
  const path: string = product.images[0];
  for (const [ending, type] of [["jpg", "image/jpeg"], ["webp", "image/webp"], ["avif", "image/avif"]] as const) {
    const form = path.replace(/jpg$/, ending);
    const answer = await request.get(form);
    expect(answer.headers()).toMatchObject({ "content-type": type, "cache-control": "public, max-age=31536000, immutable" });
    const tag = answer.headers().etag!;
    expect((await request.get(form, { headers: { "if-none-match": tag } })).status()).toBe(304);
    const head = await request.head(form);
    expect([head.status(), head.headers().etag, (await head.body()).length]).toEqual([200, tag, 0]);
  }
  for (const missing of [path.replace(/\d+\.jpg$/, "641.jpg"), path.replace(/\d+\.jpg$/, "2400.jpg"), path.replace(/.{12}\/\d+\.jpg$/, "000000000000/640.jpg"), "/media/..%2foriginals/x.jpg"]) {
    expect((await request.get(missing)).status(), missing).toBe(404);
  }
});

test("only someone who may be followed gets a key, and only by looking at goods", async ({ playwright, baseURL }) => {
  const path = `/p/${photographed.slug}`;
  const keys = async (address: string, headers: Record<string, string>) => {
    const context = await playwright.request.newContext({ baseURL });
    const answer = await context.get(address, { headers });
    expect(answer.headers()["cache-control"]).toMatch(/private|no-store/);
    const set = answer.headersArray().filter((h) => h.name.toLowerCase() === "set-cookie" && h.value.startsWith("visitor="));
    await context.dispose();
    return set.map((h) => h.value);
  };
  const [key, ...more] = await keys(path, person);
  expect(more).toEqual([]);
  expect(key).toMatch(/^visitor=[0-9a-f-]{36}; /);
  for (const part of ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"]) expect(key).toContain(part);
  expect(key, "this site is reached without TLS").not.toContain("Secure");
  expect(await keys("/", person)).toEqual([]);
  expect(await keys(path, { ...person, "sec-gpc": "1" })).toEqual([]);
  expect(await keys(path, { ...person, dnt: "1" })).toEqual([]);
  expect(await keys(path, { ...person, "user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)" })).toEqual([]);
  const taken = await keys(path, { ...person, "sec-gpc": "1", cookie: "visitor=01938f6e-0000-7000-8000-00000000002a" });
  expect(taken).toHaveLength(1);
  expect(taken[0]).toContain("Max-Age=0");
});
