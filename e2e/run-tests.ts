import { buildAhead } from "./build-ahead";
import { runChecks } from "./check-steps";
import { findChromium } from "./chromium";
import { countPlaywright, countVitest, type Tally } from "./count-results";
import { laneFolder, laneNames } from "./journey-lanes";
import { runStep } from "./run-step";

const RESULTS = "test-results";

interface Part {
  name: string;
  run(): Promise<Tally>;
}

/** One round after another. The checks take what browsers leave of the machine while they wait. */
const rounds: Part[][] = [
  [{ name: "tests", run: runVitestPart }],
  [
    { name: "check", run: runCheckPart },
    { name: "journeys", run: runJourneysPart },
  ],
];

await main(process.argv.slice(2));

async function main(wanted: string[]) {
  const isChosen = (name: string) => !wanted.length || wanted.includes(name);
  const tallies: Tally[] = [];
  if (isChosen("tests") && isChosen("journeys")) buildAhead();
  for (const round of rounds) {
    tallies.push(...(await Promise.all(round.filter(({ name }) => isChosen(name)).map(runPart))));
  }
  const passed = sum(tallies, "passed");
  const failed = sum(tallies, "failed");
  process.exitCode = failed || !passed ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
}

async function runPart(part: Part): Promise<Tally> {
  const begun = Date.now();
  console.log(`\n== ${part.name}`);
  const tally = await part.run();
  // A part that ran nothing proves nothing.
  if (!tally.passed && !tally.failed) tally.failed = 1;
  const skipped = tally.skipped.map((name) => `\n   not run: ${name}`).join("");
  const seconds = Math.round((Date.now() - begun) / 1000);
  console.log(`-- ${part.name}: ${tally.passed} good, ${tally.failed} bad, in ${seconds} s${skipped}`);
  return tally;
}

async function runCheckPart(): Promise<Tally> {
  const results = await runChecks();
  const passed = results.filter((result) => result.hasPassed).length;
  return { passed, failed: results.length - passed, skipped: [] };
}

async function runVitestPart(): Promise<Tally> {
  const file = `${RESULTS}/vitest.json`;
  const result = await runStep({
    name: "tests",
    arguments: [
      ...["node_modules/vitest/vitest.mjs", "run", "--config", "e2e/vitest.config.ts"],
      ...["--project", "pure", "--project", "database"],
      ...(process.stdout.isTTY ? [] : ["--no-color"]),
      ...["--reporter", "default", "--reporter", "json", "--outputFile.json", file],
    ],
    isLoud: true,
  });
  return countVitest(file, result.hasPassed);
}

async function runJourneysPart(): Promise<Tally> {
  const { origin } = await findChromium();
  console.log(`   browser: ${origin}`);
  const tallies = await Promise.all(laneNames.map(runLane));
  return {
    passed: sum(tallies, "passed"),
    failed: sum(tallies, "failed"),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  };
}

async function runLane(lane: string): Promise<Tally> {
  const result = await runStep({
    name: `journeys of ${lane}`,
    arguments: [
      ...["--import", "tsx", "node_modules/@playwright/test/cli.js", "test"],
      ...["--config", "e2e/playwright.config.ts"],
    ],
    environment: { JOURNEY_LANE: lane },
    isLoud: true,
  });
  return countPlaywright(`${RESULTS}/${laneFolder(lane)}.json`, result.hasPassed);
}

function sum(tallies: readonly Tally[], key: "passed" | "failed"): number {
  return tallies.reduce((total, tally) => total + tally[key], 0);
}
