import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process, { stdout } from "node:process";
import { z } from "zod";

const root = path.resolve(import.meta.dirname, "../..");
const resultFile = path.join(root, "test-results/security.json");

/** What of a folder's suites needs the whole portal running, as a journey of its own. */
const journeys: Record<string, readonly string[]> = { identity: ["bypass-framework"] };

const vitestResult = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(
    z.object({
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ fullName: z.string(), status: z.string(), failureMessages: z.array(z.string()) }),
      ),
    }),
  ),
});

process.exitCode = main(process.argv.slice(2));

/** Runs the suites of each name with the project's own configuration; their lines go straight through. */
function main(names: string[]): number {
  const known = fs
    .readdirSync(import.meta.dirname, { withFileTypes: true })
    .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  const wanted = names.length === 0 ? known : names;
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    stdout.write(`There is no suite ${unknown.join(", ")}; there is ${known.join(", ")}.\n`);
    return 2;
  }
  const failed = [runSuites(wanted), runJourneys(wanted)].filter((status) => status !== 0);
  stdout.write(`${wanted.join(", ")}: ${failed.length === 0 ? "good" : "bad"}\n`);
  return failed.length === 0 ? 0 : 1;
}

function runSuites(names: readonly string[]): number {
  fs.rmSync(resultFile, { force: true });
  const status = run([
    ...["node_modules/vitest/vitest.mjs", "run", "--config", "e2e/vitest.config.ts", "--no-color"],
    ...["--reporter", "json", "--outputFile", resultFile],
    ...names.map((name) => `e2e/security/${name}/`),
  ]);
  stdout.write(`${describeResult(names)}\n`);
  return status;
}

function runJourneys(names: readonly string[]): number {
  const files = names.flatMap((name) => journeys[name] ?? []);
  if (files.length === 0) return 0;
  const program = ["--import", "tsx", "node_modules/@playwright/test/cli.js", "test"];
  return run([...program, "--config", "e2e/playwright.config.ts", "--reporter", "line", ...files]);
}

function run(words: readonly string[]): number {
  const environment = { ...process.env, LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent" };
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: "inherit", env: environment });
  return status ?? 1;
}

/** What failed by name and first line, and how many there were. */
function describeResult(names: readonly string[]): string {
  if (!fs.existsSync(resultFile)) return `${names.join(", ")}: nothing was run`;
  const result = vitestResult.parse(JSON.parse(fs.readFileSync(resultFile, "utf8")));
  const failed = result.testResults.flatMap(({ message, assertionResults }) => [
    ...(message ? [firstLine(message)] : []),
    ...assertionResults
      .filter(({ status }) => status === "failed")
      .map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages[0] ?? "")}`),
  ]);
  const tally = `${names.join(", ")}: ${result.numPassedTests} passed, ${result.numFailedTests} failed`;
  return [...failed.map((line) => `failed  ${line}`), tally].join("\n");
}

function firstLine(text: string): string {
  return (text.split("\n")[0] ?? "").slice(0, 240);
}
