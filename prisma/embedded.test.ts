import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { removeEmbeddedData, startEmbeddedPostgres } from "./embedded";

let folder: string;
let directory: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-embedded-"));
  fs.chmodSync(folder, 0o755);
  directory = path.join(folder, "postgres");
});

afterEach(() => {
  removeEmbeddedData(directory);
  fs.rmSync(folder, { recursive: true, force: true });
});

const start = () => startEmbeddedPostgres({ directory, isDurable: false });

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows[0];
  } finally {
    await client.end();
  }
}

test("rows outlive a restart, the password stays, and only its owner reads the file", async () => {
  const first = await start();
  await ask(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
  await first.stop();
  const second = await start();
  expect(await ask(second.url, "SELECT answer FROM kept")).toEqual({ answer: 42 });
  expect(new URL(second.url).password).toBe(new URL(first.url).password);
  expect(fs.statSync(`${directory}.password`).mode & 0o777).toBe(0o600);
  await second.stop();
});

test("a wrong password is refused, and times are in UTC", async () => {
  const server = await start();
  const wrong = new URL(server.url);
  wrong.password = "guess";
  await expect(ask(wrong.toString(), "SELECT 1")).rejects.toThrow("password authentication failed");
  expect(await ask(server.url, "SHOW timezone")).toEqual({ TimeZone: "UTC" });
  await server.stop();
});

test("a server whose launcher was killed with its watchdog is ended by the next start", async () => {
  const left = await start();
  // The process that starts the server is its watchdog; without it nobody ends the server.
  process.kill(left.pid, "SIGKILL");
  const next = await start();
  expect(next.port).not.toBe(left.port);
  await expect(ask(left.url, "SELECT 1")).rejects.toThrow("ECONNREFUSED");
  await next.stop();
});

test("a lock file whose number now belongs to another program does not keep the server from starting", async () => {
  await (await start()).stop();
  const stranger = spawn("sleep", ["60"]);
  const lock = path.join(directory, "postmaster.pid");
  fs.writeFileSync(lock, `${stranger.pid}\n${directory}\n1\n5432\n\n127.0.0.1\n1 1\n`);
  const server = await start();
  expect(stranger.exitCode).toBeNull();
  await server.stop();
  stranger.kill();
});

test("the server ends when the process that started it is killed", async () => {
  const program = `
    import { startEmbeddedPostgres } from "./prisma/embedded";
    startEmbeddedPostgres({ directory: ${JSON.stringify(directory)}, isDurable: false }).then((server) => {
      console.log(server.url);
      setInterval(() => undefined, 1000);
    });`;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", program]);
  const url = await new Promise<string>((resolve) => {
    parent.stdout.once("data", (chunk: Buffer) => resolve(String(chunk).trim()));
  });
  expect(await ask(url, "SELECT 1 AS one")).toEqual({ one: 1 });
  parent.kill("SIGKILL");
  await expect
    .poll(() => ask(url, "SELECT 1").catch((error: Error) => error.message), { timeout: 10_000 })
    .toContain("ECONNREFUSED");
});
