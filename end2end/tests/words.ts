import { readFileSync } from "node:fs";
import { join } from "node:path";

export type Lang = "id" | "en";

/**
 * The words people read, taken from the catalogue itself, so that a journey looks for what the page says:
 * `words("shell", "id").search` is "Cari".
 */
export function words(file: string, lang: Lang): Record<string, string> {
  const source = readFileSync(join(import.meta.dirname, `../../app/model/src/words/${file}.rs`), "utf8");
  const message = /^\s*(\w+)(?:\([\w\s,]*\))?\s*:\s*"((?:[^"\\]|\\.)*)"\s*\/\s*"((?:[^"\\]|\\.)*)"\s*;/gm;
  const found = [...source.matchAll(message)].map(([, name, id, en]) => [name, lang === "id" ? id : en]);
  const known = Object.fromEntries(found);
  return new Proxy(known, {
    get(target, name) {
      if (typeof name === "string" && !(name in target)) throw new Error(`words/${file}.rs has no message ${name}`);
      return Reflect.get(target, name);
    },
  });
}
