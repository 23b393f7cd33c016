import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { aggregator } from "./aggregator";
import { photographed } from "./photographed";
import { provider } from "./provider";

const root = join(import.meta.dirname, "..");
const log = join(import.meta.dirname, "server.log");

/**
 * Starts the release binary on a data folder and a port of its own, and returns what stops it again.
 * With `BASE_URL` set, the journeys run against the server that answers there.
 */
export default async function start(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.BASE_URL) return undefined;

  const cache = process.env.PASAR_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "pasar");
  const target = process.env.CARGO_TARGET_DIR ?? join(cache, "target");
  const binary = process.env.PASAR_BIN ?? join(target, "release", "pasar");
  const site = process.env.PASAR_SITE ?? join(target, "site");
  if (!existsSync(binary)) throw new Error(`There is no ${binary}: run make e2e, which builds it.`);

  // Started by root, the embedded PostgreSQL runs as another user, who must be able to reach the folder.
  const data = mkdtempSync(join(tmpdir(), "pasar-e2e-"));
  chmodSync(data, 0o755);

  const address = `127.0.0.1:${await freePort()}`;
  const signIn = await provider();
  const couriers = await aggregator();
  const output = openSync(log, "w");
  const env = {
    ...process.env,
    DATABASE_URL: "",
    PASAR_DATA: data,
    PASAR_LISTEN: address,
    PASAR_PUBLIC_URL: "",
    PASAR_SITE: site,
    // Each journey says where it comes from, as a proxy would: tries at the door are counted by that. Requests are not.
    PASAR_TRUSTED_PROXIES: "127.0.0.1",
    PASAR_READ_RATE: "0",
    PASAR_WRITE_RATE: "0",
    PASAR_OIDC_ISSUER: signIn.issuer,
    PASAR_OIDC_CLIENT_ID: "pasar",
    PASAR_OIDC_CLIENT_SECRET: "of the journeys",
    PASAR_OIDC_LABEL: "Contoh",
    PASAR_BITESHIP_URL: couriers.url,
    PASAR_BITESHIP_KEY: "of the journeys",
    PASAR_BITESHIP_WEBHOOK_SECRET: "of the journeys as well",
    PASAR_BITESHIP_COURIERS: "jne",
    RUST_BACKTRACE: "1",
  };
  const said = () => readFileSync(log, "utf8").trimEnd().split("\n").slice(-30).join("\n");
  const photos = ["florian-klauer-14840-unsplash.jpg", "adam-birkett-239153-unsplash.jpg"].map((name) => `server/media/tests/fixtures/${name}`);
  const import_ = ["import", "photos", "--product", photographed.slug];
  for (const command of [["seed"], [...import_, photos[0]!], [...import_, photos[1]!, "--variant", photographed.sku]]) {
    const { status } = spawnSync(binary, command, { cwd: root, stdio: ["ignore", output, output], env });
    if (status !== 0) throw new Error(`pasar ${command.join(" ")} failed:\n${said()}`);
  }
  const server = spawn(binary, ["serve"], { cwd: root, stdio: ["ignore", output, output], env });
  const over = () => server.exitCode !== null || server.signalCode !== null;

  const stop = async () => {
    signIn.stop();
    couriers.stop();
    if (!over()) {
      server.kill("SIGTERM");
      const ended = await Promise.race([once(server, "exit"), pause(60_000, undefined, { ref: false })]);
      if (!ended) server.kill("SIGKILL");
    }
    if (!over()) await once(server, "exit");
    rmSync(data, { recursive: true, force: true, maxRetries: 3 });
    if (server.exitCode !== 0) throw new Error(`The server did not stop cleanly (${server.signalCode ?? server.exitCode}):\n${said()}`);
    if (readFileSync(log, "utf8").includes("panicked at")) throw new Error(`The server panicked; see ${log}`);
  };

  const deadline = Date.now() + 240_000;
  while (!(await ready(`http://${address}/readyz`))) {
    if (over() || Date.now() > deadline) {
      const why = over() ? "ended" : "was not ready within four minutes";
      await stop().catch(() => undefined);
      throw new Error(`The server ${why}:\n${said()}`);
    }
    await pause(200);
  }
  process.env.BASE_URL = `http://${address}`;
  process.env.OIDC_SIMULATOR = signIn.issuer;
  process.env.COURIERS_SIMULATOR = couriers.url;
  process.env.E2E_DATABASE = `host=${join(data, "run")} port=5432 user=pasar dbname=pasar`;
  return stop;
}

async function ready(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(2_000) }).then((answer) => answer.ok, () => false);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
