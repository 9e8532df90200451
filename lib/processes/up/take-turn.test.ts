import { execFile } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-turn-"));
const file = path.join(folder, "turn.pid");
const here = path.join(import.meta.dirname, "take-turn.ts");

/** Each process tries again and again until the same moment, and stays alive beyond it. */
const program = `
  const { takeTurn } = await import(${JSON.stringify(here)});
  const [file, until] = process.argv.slice(1);
  let turns = 0;
  while (Date.now() < Number(until)) if (takeTurn(file)) turns += 1;
  console.log(turns);
  await new Promise((resolve) => setTimeout(resolve, 500));`;

afterAll(() => fs.rmSync(folder, { recursive: true }));

test("of processes that want a turn at once one has it, and the turn of a dead one is free again", async () => {
  fs.writeFileSync(file, "2147483646");
  const until = String(Date.now() + 3_000);
  const flags = ["--import", "tsx", "--input-type=module", "-e", program, file, until];
  const runs = await Promise.all(
    Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, flags)),
  );
  expect(runs.map(({ stdout }) => Number(stdout)).sort()).toEqual([0, 0, 0, 1]);
  expect(fs.readdirSync(folder)).toEqual(["turn.pid"]);
});
