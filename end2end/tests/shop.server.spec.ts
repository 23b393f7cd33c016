import { expect, test } from "./base";

test("crawlers find every page through the sitemap", async ({ request }) => {
  const robots = await (await request.get("/robots.txt")).text();
  const index = robots.match(/Sitemap: (\S+)/)?.[1] ?? "";
  const parts = [...(await (await request.get(new URL(index).pathname)).text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1]!);
  expect(parts.length).toBeGreaterThanOrEqual(3);
  let pages = 0;
  for (const part of parts) {
    const text = await (await request.get(new URL(part).pathname)).text();
    const places = [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1]!);
    pages += places.length;
    for (const place of places.slice(0, 3)) expect((await request.get(new URL(place).pathname)).status(), place).toBe(200);
  }
  expect(pages).toBeGreaterThan(300);
});

test("what is not there says so", async ({ request }) => {
  for (const path of ["/p/no-such-thing", "/shop/no-such-shop", "/c/no-such-category"]) {
    expect((await request.get(path, { headers: { accept: "text/html" } })).status(), path).toBe(404);
  }
  for (const path of ["products/no-such-thing", "shops/no-such-shop"]) {
    const answer = await request.get(`/api/v1/${path}`);
    expect(answer.status(), path).toBe(404);
    expect((await answer.json()).code).toBe("not_found");
  }
});

test("the operators' search desk is not there for visitors", async ({ request }) => {
  for (const tab of ["", "?tab=synonyms", "?tab=explain&q=tas"]) {
    const answer = await request.get(`/backoffice/search${tab}`, { headers: { accept: "text/html" } });
    expect(answer.status(), tab).toBe(404);
  }
  const add = await request.post("/_fn/backoffice/search/rpc/add_synonym", {
    headers: { accept: "application/json", "sec-fetch-site": "same-origin" },
    form: { phrases: "hp, ponsel", shown: "", lang: "" },
  });
  expect(add.status()).toBe(404);
});

test("the API shows what the pages show", async ({ request }) => {
  const found = await (await request.get("/api/v1/search?q=sepatu&limit=5")).json();
  expect(found.items.length).toBeGreaterThan(0);
  expect(found.items[0].price).toEqual({ amount: expect.any(Number), currency: "IDR" });
  expect(found.facets.map((f: { key: string }) => f.key)).toContain("price");
  const product = await (await request.get(`/api/v1/products/${found.items[0].slug}`)).json();
  expect(product.id).toBe(found.items[0].id);
  const same = await (await request.get(`/api/v1/products/${product.id}`)).json();
  expect(same).toEqual(product);
  const reviews = await (await request.get(`/api/v1/products/${product.id}/reviews?limit=2`)).json();
  expect(reviews).toHaveProperty("next");
  const wrong = await request.get("/api/v1/search?rating=9");
  expect(wrong.status()).toBe(400);
  expect((await wrong.json()).fields).toEqual({ rating: "malformed" });
});

test("pages of results never overlap", async ({ request }) => {
  const seen = new Set<string>();
  let after: string | null = null;
  do {
    const page = await (await request.get(`/api/v1/products?sort=price_up&limit=100${after ? `&after=${after}` : ""}`)).json();
    for (const item of page.items) {
      expect(seen.has(item.id)).toBe(false);
      seen.add(item.id);
    }
    after = page.next;
    if (!after) expect(seen.size).toBe(page.total);
  } while (after);
});

test("a drawn picture is kept for ever and loads nothing else", async ({ request }) => {
  const found = await (await request.get("/api/v1/products?limit=1")).json();
  const picture = await request.get(found.items[0].image);
  expect(picture.headers()["content-type"]).toBe("image/svg+xml");
  expect(picture.headers()["cache-control"]).toContain("immutable");
  expect(await picture.text()).not.toMatch(/href="http|<script/);
});
