import { describeResult, runStep, type Step, type StepResult } from "./run-step";

const bin = "node_modules";

// The slowest first in each lane; two lanes for two cores.
const lanes: Step[][] = [
  [
    {
      name: "lint",
      arguments: [`${bin}/eslint/bin/eslint.js`, ".", "--cache", "--cache-location", `${bin}/.cache/eslint/`],
    },
    {
      name: "types in use",
      arguments: [`${bin}/oxlint/bin/oxlint`, "--config", "lib/oxlint.json"],
    },
    {
      name: "dead code",
      arguments: [`${bin}/knip/bin/knip.js`, "--config", "lib/knip.json", "--no-config-hints"],
    },
  ],
  [
    {
      name: "types",
      arguments: [
        `${bin}/typescript-native/bin/tsc`,
        "--noEmit",
        "--tsBuildInfoFile",
        `${bin}/.cache/check.tsbuildinfo`,
      ],
    },
    {
      name: "format",
      arguments: [
        ...[`${bin}/prettier/bin/prettier.cjs`, "--check", "--log-level", "warn", "."],
        ...["--cache", "--cache-location", `${bin}/.cache/prettier.json`],
      ],
    },
    {
      name: "imports",
      arguments: [
        ...[`${bin}/dependency-cruiser/bin/dependency-cruise.mjs`, "--config", "lib/structure.rules.cjs"],
        ...["app", "components", "lib", "prisma", "e2e"],
      ],
    },
    {
      name: "structure",
      arguments: [
        ...[`${bin}/vitest/vitest.mjs`, "run", "--config", "e2e/vitest.config.ts"],
        ...["--project", "structure"],
      ],
    },
  ],
];

/** Everything that can be said about the code without running the product, or the named steps of it. */
export async function runChecks(names: string[] = []): Promise<StepResult[]> {
  const isWanted = (step: Step) => !names.length || names.includes(step.name);
  const results = await Promise.all(lanes.map((lane) => runLane(lane.filter(isWanted))));
  return results.flat();
}

async function runLane(steps: Step[]): Promise<StepResult[]> {
  const results: StepResult[] = [];
  for (const step of steps) {
    const result = await runStep({ ...step, isPatient: true });
    console.log(describeResult(result));
    if (!result.hasPassed) console.log(result.output);
    results.push(result);
  }
  return results;
}
