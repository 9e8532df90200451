import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { isAlive } from "@/prisma/process-state";
import { type Child, startChild } from "./child-process";
import { supervise } from "./supervise";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-children-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

const logFile = path.join(folder, "child.log");
const environment = { ...process.env, NODE_OPTIONS: "" };
const program = (text: string, graceMs = 500): Child =>
  startChild({ name: "child", arguments: ["-e", text], environment, logFile, graceMs });

test("a child that crashes is reported with its last words and started again, at most five times", async () => {
  let starts = 0;
  const crashes: string[] = [];
  const start = () => {
    starts += 1;
    return program(`console.error("out of luck ${starts}"); process.exit(7)`);
  };
  const last = await new Promise<string>((resolve) => {
    const onCrash = (text: string) => void crashes.push(text);
    supervise({ name: "luckless", first: start(), start, pauseMs: 1, onCrash, onGiveUp: resolve });
  });
  expect(starts).toBe(6);
  expect(crashes).toHaveLength(5);
  expect(crashes[0]).toContain("The luckless process ended (code 7). Its last lines:\n    out of luck 1");
  expect(last).toContain("It was started 6 times.");
  expect(fs.readFileSync(logFile, "utf8")).toContain("out of luck 6");
});

test("a child that is asked to end is not started again", async () => {
  let starts = 0;
  const start = () => {
    starts += 1;
    return program("setInterval(() => {}, 1000)");
  };
  const onCrash = (text: string) => expect.unreachable(text);
  const supervised = supervise({ name: "steady", first: start(), start, onCrash, onGiveUp: onCrash });
  await supervised.end();
  expect(starts).toBe(1);
});

test("a child that ignores the request to end is killed after the grace", async () => {
  const stubborn = program(
    'process.on("SIGTERM", () => {}); console.log("up"); setInterval(() => {}, 1000)',
    300,
  );
  await expect.poll(() => stubborn.lastLines()).toContain("up");
  await stubborn.end();
  expect(await stubborn.exited).toBe("signal SIGKILL");
});

test("a child ends when the process that started it is killed", async () => {
  const child = `setInterval(() => {}, 1000); console.log(process.pid)`;
  const parent = program(
    `import("./lib/processes/up/child-process.ts").then(({ startChild }) => startChild({
       name: "grandchild", arguments: ["-e", ${JSON.stringify(child)}], environment: process.env,
       logFile: ${JSON.stringify(logFile)}, onLine: (line) => console.log("grandchild", line) }));
     setInterval(() => {}, 1000)`,
  );
  await expect.poll(() => parent.lastLines().join(" ")).toMatch(/grandchild \d+/);
  const pid = Number(parent.lastLines().join(" ").split("grandchild ")[1]);
  process.kill(parent.pid, "SIGKILL");
  await expect.poll(() => isAlive(pid)).toBe(false);
});
