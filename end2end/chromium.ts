import type { LaunchOptions } from "@playwright/test";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The machine's own Chromium (Playwright's download is never used): `CHROMIUM`, else the first on `PATH`. */
export function chromium(): LaunchOptions {
  const root = process.getuid?.() === 0;
  return {
    executablePath: process.env.CHROMIUM || found("chromium", "google-chrome", "chromium-browser"),
    args: [
      // Its sandbox does not work for root.
      ...(root ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      // Pictures of text come out the same on every machine.
      "--font-render-hinting=none",
    ],
  };
}

function found(...names: string[]): string {
  const folders = (process.env.PATH ?? "").split(delimiter);
  for (const path of names.flatMap((name) => folders.map((folder) => join(folder, name)))) {
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // The next one, then.
    }
  }
  throw new Error("No Chromium found: run scripts/setup.sh browser, or set CHROMIUM to its path.");
}
