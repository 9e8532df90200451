import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { choosePorts } from "./choose-ports";
import { claimFolder, layOut, releaseFolder } from "./data-folder";
import { readOptions, UsageError } from "./read-options";

const root = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-ports-"));
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

function prepare(name: string) {
  const data = layOut(path.join(root, name));
  fs.mkdirSync(data.folder, { recursive: true });
  return data;
}

test("a taken port is replaced by another, and a note says so", async () => {
  const blocker = net.createServer().listen(0, "127.0.0.1");
  await once(blocker, "listening");
  const address = blocker.address();
  const taken = typeof address === "object" && address ? address.port : 0;
  const { ports, notes } = await choosePorts(readOptions(["--port", String(taken)], root), prepare("taken"));
  blocker.close();
  expect(ports.web).not.toBe(taken);
  expect(notes).toContain(`Port ${taken} (web) is taken; using ${ports.web}.`);
});

test("the lab and the database come back at the ports of the last run", async () => {
  const data = prepare("again");
  const first = await choosePorts(readOptions([], root), data);
  const second = await choosePorts(readOptions([], root), data);
  expect(second.ports.lab).toBe(first.ports.lab);
  expect(second.ports.postgres).toBe(first.ports.postgres);
  expect(second.ports.secondLab).toBe(first.ports.secondLab);
  expect(new Set(Object.values(first.ports)).size).toBe(6);
});

test("any ports are six different free ones, and nothing is remembered", async () => {
  const data = prepare("any");
  const { ports, notes } = await choosePorts(readOptions(["--any-ports"], root), data);
  expect(new Set(Object.values(ports)).size).toBe(6);
  expect(notes).toEqual([]);
  expect(fs.existsSync(data.ports)).toBe(false);
});

test("ports nobody asked for are none that the system gives away before a process listens on them", async () => {
  const { ports } = await choosePorts(readOptions(["--any-ports"], root), prepare("kept"));
  for (const port of Object.values(ports)) {
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_768);
  }
});

test("a folder whose owner still runs is refused, and starting over does not change that", async () => {
  const data = prepare("owned");
  fs.writeFileSync(data.accounts, "{}");
  const owner = spawn(process.execPath, [
    "-e",
    "console.log(1); setInterval(() => {}, 1000)",
    "processes/up.ts",
  ]);
  await once(owner.stdout, "data");
  fs.writeFileSync(data.lock, String(owner.pid));
  expect(() => claimFolder(data, true)).toThrow(`(process ${owner.pid})`);
  expect(fs.existsSync(data.accounts)).toBe(true);
  owner.kill();
  await once(owner, "exit");
  expect(() => claimFolder(data, false)).not.toThrow();
  releaseFolder(data);
  expect(fs.existsSync(data.lock)).toBe(false);
});

test("an owner's number that now belongs to another program does not keep the folder", () => {
  const data = prepare("left");
  fs.writeFileSync(data.lock, String(process.ppid));
  expect(() => claimFolder(data, false)).not.toThrow();
});

test("starting over removes what is in the folder and keeps the folder", () => {
  const data = prepare("fresh");
  fs.writeFileSync(data.accounts, "{}");
  claimFolder(data, true);
  expect(fs.existsSync(data.accounts)).toBe(false);
  expect(fs.existsSync(data.folder)).toBe(true);
});

test.each([["--port", "0"], ["--port", "many"], ["--unknown"], ["stray"]])("%s %s is refused", (...words) => {
  expect(() => readOptions(words.filter(Boolean), root)).toThrow(UsageError);
});
