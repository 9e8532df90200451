import { expect, test } from "vitest";
import { changesOf, demandOf, noOverrides, questionOf } from "./decision-choice";

const asked = { cpuCores: 4, memoryGi: 8, diskGb: 100 };

test("nothing typed changes nothing and asks as requested", () => {
  expect(changesOf(asked, noOverrides)).toEqual([]);
  expect(questionOf("t1", noOverrides, "")).toEqual({ ticketId: "t1" });
});

test("the value that was asked for is no change", () => {
  expect(changesOf(asked, { ...noOverrides, cpuLimit: "4", diskGb: "100" })).toEqual([]);
});

test("a change carries what was asked and what is given", () => {
  const overrides = { ...noOverrides, cpuLimit: "2", cpuRequest: "0.5" };
  expect(changesOf(asked, overrides)).toEqual([
    { name: "cpuLimit", before: 4, after: 2 },
    { name: "cpuRequest", before: null, after: 0.5 },
  ]);
  expect(demandOf(asked, overrides)).toEqual({ cpuCores: 2, memoryGi: 8, diskGb: 100 });
  expect(questionOf("t1", overrides, "fast")).toEqual({
    ticketId: "t1",
    cpuLimit: 2,
    cpuRequest: 0.5,
    storageClass: "fast",
  });
});
