import { expect, test } from "vitest";
import { candidatesForChoice, chosenCandidate, type CandidateFacts } from "./candidates-for-choice";

const candidate = (clusterId: string, more: Partial<CandidateFacts> = {}): CandidateFacts => ({
  clusterId,
  name: clusterId,
  displayName: clusterId,
  eligible: true,
  recommended: false,
  weight: 100,
  exclusions: [],
  warnings: [],
  storageClass: "fast",
  storageClasses: ["fast"],
  rootVolume: { resolution: "resolved", accessModes: ["ReadWriteOnce"], volumeMode: "Block" },
  ...more,
});
const lacksClass = { code: "CapabilityMismatch", params: { reason: "storage_class", storageClass: "fast" } };
const down = { code: "ClusterUnavailable", params: { reason: "unreachable" } };

test("a storage class chosen for one cluster excludes no other", () => {
  const told = [candidate("a"), candidate("b", { eligible: false, exclusions: [lacksClass] })];
  expect(candidatesForChoice(told, "a")[1]).toMatchObject({ eligible: true, exclusions: [] });
  expect(candidatesForChoice(told, "b")[1]).toMatchObject({ eligible: false, exclusions: [lacksClass] });
});

test("another reason keeps a cluster out", () => {
  const told = [candidate("a"), candidate("b", { eligible: false, exclusions: [lacksClass, down] })];
  expect(candidatesForChoice(told, "a")[1]).toMatchObject({ eligible: false, exclusions: [down] });
});

test("the recommended cluster stands in for a choice that no longer fits", () => {
  const told = [
    candidate("a", { eligible: false, exclusions: [down] }),
    candidate("b"),
    candidate("c", { recommended: true }),
  ];
  expect(chosenCandidate(told, "b")?.clusterId).toBe("b");
  expect(chosenCandidate(told, "a")?.clusterId).toBe("c");
  expect(chosenCandidate([candidate("a", { eligible: false })], "a")).toBeUndefined();
});
