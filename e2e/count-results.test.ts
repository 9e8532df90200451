import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { countPlaywright, countVitest } from "./count-results";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-counts-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

function write(report: unknown): string {
  const file = path.join(folder, "report.json");
  fs.writeFileSync(file, JSON.stringify(report));
  return file;
}

const tests = (...states: string[]) => states.map((status, index) => ({ fullName: `test ${index}`, status }));

test("passed, failed and skipped tests are counted, the skipped by name", () => {
  const file = write({
    testResults: [{ name: "a", status: "failed", assertionResults: tests("passed", "failed", "skipped") }],
  });
  expect(countVitest(file, false)).toEqual({ passed: 1, failed: 1, skipped: ["test 2"] });
});

test("a file whose preparation fails is a failure, although none of its tests is", () => {
  const file = write({ testResults: [{ name: "a", status: "failed", assertionResults: tests("skipped") }] });
  expect(countVitest(file, false)).toEqual({ passed: 0, failed: 1, skipped: ["test 0"] });
});

test("an error outside all tests is a failure", () => {
  const file = write({ testResults: [{ name: "a", status: "passed", assertionResults: tests("passed") }] });
  expect(countVitest(file, false)).toEqual({ passed: 1, failed: 1, skipped: [] });
});

test("a run without a report is a failure, and a report counts once", () => {
  const file = write({ testResults: [{ name: "a", status: "passed", assertionResults: tests("passed") }] });
  expect(countVitest(file, true).passed).toBe(1);
  expect(countVitest(file, false)).toEqual({ passed: 0, failed: 1, skipped: [] });
});

test("journeys are counted through nested suites, an unexpected or flaky one as failed", () => {
  const spec = (title: string, status: string) => ({
    title,
    tests: [{ status, annotations: status === "skipped" ? [{ type: "skip", description: "no slapd" }] : [] }],
  });
  const inner = { specs: [spec("b", "unexpected"), spec("c", "flaky"), spec("d", "skipped")] };
  const file = write({ suites: [{ specs: [spec("a", "expected")], suites: [inner] }] });
  expect(countPlaywright(file, false)).toEqual({ passed: 1, failed: 2, skipped: ["d: no slapd"] });
});
