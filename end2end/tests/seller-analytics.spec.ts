import type { Page } from "@playwright/test";
import { expect, test, words } from "./base";
import { passwordOf } from "./mail";
import { register, signIn } from "./people";
import { openShop, ready } from "./selling";

const w = words("figures", "id");
const health = words("health", "id");

const SELLER = "seller@pasar.example";
const PACKER = "packer@pasar.example";
/** It has orders, and one that it rejected. */
const SHOP = "/seller/nusatek-official";

async function enter(page: Page, address: string): Promise<void> {
  await signIn(page, address, passwordOf(address));
  await expect(page).not.toHaveURL(/sign-in/);
}

const section = (page: Page, title: string) => page.getByRole("main").getByRole("link", { name: title, exact: true }).first();

test("a shop sees how it sells, and takes the figures with it", async ({ page, js, axe, whole, shot }) => {
  await enter(page, SELLER);
  await page.goto(SHOP);
  await ready(page, js);
  await section(page, w.title).click();
  await expect(page).toHaveURL(`${SHOP}/analytics`);
  await expect(page.getByRole("heading", { level: 1, name: w.title })).toBeVisible();
  await expect(page.getByText(w.today_open)).toBeVisible();
  for (const part of [w.funnel, w.profit, w.products, w.running_out, w.cities, w.sources, w.leads]) {
    await expect(page.getByRole("heading", { level: 2, name: part, exact: true })).toBeVisible();
  }
  const chart = page.getByRole("img", { name: w.by_day, exact: true });
  await expect(chart).toBeVisible();
  await expect(chart.locator(".chart-bar")).toHaveCount(30);
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-analytics");

  // What is left is the sales without what comes off them.
  const amounts = await page.getByRole("table", { name: w.profit, exact: true }).locator("tbody tr td:nth-child(2)").allInnerTexts();
  const sums = amounts.map((text) => Number(text.replace("−", "-").replace(/[^\d-]/g, "")));
  expect(sums[0]).toBeGreaterThan(0);
  expect(sums.slice(0, -1).reduce((sum, part) => sum + part, 0)).toBe(sums.at(-1));

  // Fewer days, by a link; the same numbers stand in a table for those who do not see the chart.
  await page.getByRole("navigation", { name: w.periods }).getByRole("link", { name: "7 hari" }).click();
  await expect(page).toHaveURL(`${SHOP}/analytics?days=7`);
  await expect(chart.locator(".chart-bar")).toHaveCount(7);
  await page.locator(".chart-table summary").click();
  const days = page.getByRole("table", { name: w.by_day, exact: true }).locator("tbody tr");
  await expect(days).toHaveCount(7);
  await expect(days.last()).toContainText(w.today);

  const csv = await page.getByRole("link", { name: w.csv }).getAttribute("href");
  const file = await page.request.get(csv!);
  expect(file.headers()["content-type"]).toContain("text/csv");
  const lines = (await file.text()).trim().split("\r\n");
  expect(lines).toHaveLength(8);
  expect(lines[0]).toContain("day,complete,looks");
  expect(lines[7]).toMatch(/^\d{4}-\d\d-\d\d,false,/);
});

test("a shop sees how reliable it is, and why", async ({ page, js, axe, whole, shot }) => {
  await enter(page, SELLER);
  await page.goto(SHOP);
  await ready(page, js);
  await section(page, health.title).click();
  await expect(page).toHaveURL(`${SHOP}/health`);
  await expect(page.locator(".purse-sum")).toHaveText(/^\d+ dari 100 poin$/);
  await expect(page.getByText(health.how_effect)).toBeVisible();
  const faults = page.getByRole("table", { name: health.faults, exact: true }).locator("tbody tr");
  await expect(faults.first()).toContainText("Dibatalkan toko");
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-health");
  await faults.first().getByRole("link").click();
  await expect(page).toHaveURL(/\/orders\/[0-9a-f-]+$/);
});

test("a shop that has just opened has no figures, and is told when there will be", async ({ page, request, js, axe, whole, shot }) => {
  test.slow();
  await register(page, request);
  const shop = await openShop(page, "Angka");
  await page.goto(`/seller/${shop.slug}/analytics`);
  await expect(page.getByText(w.none, { exact: true })).toBeVisible();
  await ready(page, js);
  await whole();
  await axe();
  await shot("seller-analytics-empty");
  await page.goto(`/seller/${shop.slug}/health`);
  await expect(page.getByText(health.not_yet, { exact: true })).toBeVisible();
  await expect(page.getByText(health.no_faults)).toBeVisible();
  await ready(page, js);
  await whole();
  await axe();
});

test("whoever packs is not shown how the shop sells", async ({ page, expectFailures }) => {
  await enter(page, PACKER);
  await page.goto(SHOP);
  await expect(section(page, w.title)).toHaveCount(0);
  expectFailures([`404 GET ${SHOP}/analytics`, `404 GET ${SHOP}/health`]);
  for (const part of ["analytics", "health"]) {
    const answer = await page.goto(`${SHOP}/${part}`);
    expect(answer!.status()).toBe(404);
  }
});
