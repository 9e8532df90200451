import fs from "node:fs";
import { z } from "zod";

export interface Tally {
  passed: number;
  failed: number;
  /** What did not run, by name and reason: nothing is left out in silence. */
  skipped: string[];
}

const vitestSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

export function countVitest(file: string, hasPassed: boolean): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  for (const { status: fileStatus, assertionResults } of readReport(file, vitestSchema)?.testResults ?? []) {
    // A file that breaks outside its tests, while it is loaded or prepared, has no failed test to count.
    if (fileStatus === "failed" && !assertionResults.some(({ status }) => status === "failed"))
      tally.failed += 1;
    for (const { fullName, status } of assertionResults) {
      if (status === "passed") tally.passed += 1;
      else if (status === "failed") tally.failed += 1;
      else tally.skipped.push(fullName);
    }
  }
  return withFailureOutsideTests(tally, hasPassed);
}

const playwrightTestSchema = z.object({
  status: z.string(),
  annotations: z.array(z.object({ type: z.string(), description: z.string().optional() })),
});

interface PlaywrightSuite {
  specs: { title: string; tests: z.output<typeof playwrightTestSchema>[] }[];
  suites?: PlaywrightSuite[] | undefined;
}

const suiteSchema: z.ZodType<PlaywrightSuite> = z.lazy(() =>
  z.object({
    specs: z.array(z.object({ title: z.string(), tests: z.array(playwrightTestSchema) })),
    suites: z.array(suiteSchema).optional(),
  }),
);
const playwrightSchema = z.object({ suites: z.array(suiteSchema) });

export function countPlaywright(file: string, hasPassed: boolean): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: [] };
  const visit = (suite: PlaywrightSuite) => {
    for (const { title, tests } of suite.specs) {
      for (const { status, annotations } of tests) {
        if (status === "expected") tally.passed += 1;
        else if (status === "skipped")
          tally.skipped.push(
            [title, ...annotations.flatMap(({ description }) => description ?? [])].join(": "),
          );
        else tally.failed += 1;
      }
    }
    suite.suites?.forEach(visit);
  };
  readReport(file, playwrightSchema)?.suites.forEach(visit);
  return withFailureOutsideTests(tally, hasPassed);
}

// An error outside the tests fails the run although each test has passed.
function withFailureOutsideTests(tally: Tally, hasPassed: boolean): Tally {
  return !hasPassed && !tally.failed ? { ...tally, failed: 1 } : tally;
}

function readReport<Report>(file: string, schema: z.ZodType<Report>): Report | undefined {
  if (!fs.existsSync(file)) return undefined;
  const report = schema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  // The next run must not count this one's results.
  fs.rmSync(file);
  return report;
}
