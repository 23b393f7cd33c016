import { defineConfig, devices } from "@playwright/test";
import { chromium } from "./chromium";

const desktop = { viewport: { width: 1280, height: 800 } };
const phone = { ...devices["Pixel 7"], viewport: { width: 390, height: 844 } };
const bare = { javaScriptEnabled: false };
// A journey that only makes sense somewhere says so in its name: *.hydrate.spec.ts where the wasm runs,
// *.desktop.spec.ts, *.phone.spec.ts, and *.server.spec.ts, which needs no page, once.
const only = (where: string) => `**/*.${where}.spec.ts`;

export default defineConfig({
  testDir: "tests",
  // A test that passes at the second attempt has found something: it is told as flaky. One that a busy machine held up
  // is no reason to refuse what is right, so CI tries once more.
  retries: process.env.CI ? 1 : 0,
  workers: 2,
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  timeout: 45_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  globalSetup: "./server.ts",
  use: {
    browserName: "chromium",
    launchOptions: chromium(),
    locale: "id-ID",
    timezoneId: "Asia/Jakarta",
    colorScheme: "light",
    reducedMotion: "reduce",
    // Writing down every step costs a quarter of the time, and nobody opens what a machine wrote.
    trace: process.env.CI ? "off" : "retain-on-failure",
  },
  projects: [
    { name: "server", testMatch: only("server") },
    { name: "desktop", use: desktop, testIgnore: ["phone", "server"].map(only) },
    { name: "desktop, no JavaScript", use: { ...desktop, ...bare }, testIgnore: ["phone", "server", "hydrate"].map(only) },
    { name: "phone", use: phone, testIgnore: ["desktop", "server"].map(only) },
    { name: "phone, no JavaScript", use: { ...phone, ...bare }, testIgnore: ["desktop", "server", "hydrate"].map(only) },
  ],
});
