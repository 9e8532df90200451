import fs from "node:fs";
import path from "node:path";
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from "@temporalio/worker";
import { DeterminismViolationError } from "@temporalio/workflow";
import { format } from "prettier";
import { beforeAll, describe, expect, test } from "vitest";
import { resolveAlias } from "@/lib/adapters/temporal/run-temporal-worker";
import { readHistory } from "./read-history";
import { recordHistory } from "./record-history";
import { scenarios } from "./scenarios";

const workflowsPath = path.resolve("lib/requests/workflows/temporal/run-approval.ts");
const histories = "lib/requests/workflows/temporal/histories";
const quiet = new DefaultLogger("ERROR", () => undefined);
let code = "";

beforeAll(async () => {
  Runtime.install({ shutdownSignals: [], logger: quiet, telemetryOptions: { logging: { filter: "off" } } });
  const bundle = await bundleWorkflowCode({ workflowsPath, webpackConfigHook: resolveAlias, logger: quiet });
  ({ code } = bundle);
});

const replay = (history: unknown, workflow = code) =>
  Worker.runReplayHistory({ workflowBundle: { code: workflow } }, history, "shepherd-approval-ticket");

const historyOf = (name: string) => readHistory(fs.readFileSync(`${histories}/${name}.json`, "utf8"));

test("what the workflow brings along is pure: no database, no room but its rules", () => {
  expect(code).toContain("runApproval");
  for (const stranger of ["prisma", "pg-boss", "node:fs"]) expect(code).not.toContain(`${stranger}/`);
});

describe.each(scenarios)("$name", (scenario) => {
  test("its history is the one that was written", async () => {
    const written = await format(JSON.stringify(recordHistory(scenario)), {
      parser: "json",
      printWidth: 110,
    });
    await expect(written).toMatchFileSnapshot(path.resolve(histories, `${scenario.name}.json`));
  });

  test("is led as its history says", async () => {
    await replay(historyOf(scenario.name));
  });

  test("a workflow that would have led it otherwise is refused", async () => {
    const changed = code.replaceAll('"settleHappening"', '"settleAnotherHappening"');
    expect(changed).not.toBe(code);
    await expect(replay(historyOf(scenario.name), changed)).rejects.toBeInstanceOf(DeterminismViolationError);
  });
});

test("a workflow that no longer keeps the time is refused by the histories that waited for it", async () => {
  const timeless = code.replaceAll("timer.atMs - nowMs", "null");
  expect(timeless).not.toBe(code);
  await expect(replay(historyOf("escalation"), timeless)).rejects.toBeInstanceOf(DeterminismViolationError);
  await replay(historyOf("three-steps"), timeless);
});
