import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import process, { stdout } from "node:process";

const root = path.resolve(import.meta.dirname, "../..");
const resultFile = path.join(root, "test-results/security.json");

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
  return runSuites(wanted);
}

function runSuites(names: string[]): number {
  fs.rmSync(resultFile, { force: true });
  const words = [
    ...["node_modules/vitest/vitest.mjs", "run", "--config", "e2e/vitest.config.ts", "--no-color"],
    ...["--reporter", "dot", "--reporter", "json", "--outputFile.json", resultFile],
    ...names.map((name) => `e2e/security/${name}/`),
  ];
  const environment = { ...process.env, LOG_LEVEL: process.env["LOG_LEVEL"] ?? "silent" };
  const { status } = spawnSync(process.execPath, words, { cwd: root, stdio: "inherit", env: environment });
  stdout.write(`${names.join(", ")}: ${readTally()}\n`);
  return status ?? 1;
}

function readTally(): string {
  if (!fs.existsSync(resultFile)) return "nothing was run";
  const result: unknown = JSON.parse(fs.readFileSync(resultFile, "utf8"));
  const read = (key: string) => (result !== null && typeof result === "object" ? String(Reflect.get(result, key)) : "?");
  return `${read("numPassedTests")} passed, ${read("numFailedTests")} failed`;
}
