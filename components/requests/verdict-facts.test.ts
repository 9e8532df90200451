import { expect, test } from "vitest";
import type { PlacementPreview } from "@/lib/requests/schema";
import { admissionFacts, placementFacts } from "./verdict-facts";

const gpu = { code: "CapabilityMismatch", params: { reason: "gpu", device: "nvidia.com/A10" } };
const candidate = (name: string, exclusions: PlacementPreview["candidates"][number]["exclusions"] = []) => ({
  clusterId: name,
  name,
  displayName: name,
  eligible: exclusions.length === 0,
  recommended: false,
  weight: 100,
  exclusions,
  warnings: [],
  storageClass: null,
  storageClasses: [],
  rootVolume: { resolution: "resolved", accessModes: ["ReadWriteOnce"], volumeMode: "Block" },
});
const verdict = (clusterId: string, more: Partial<PlacementPreview["verdicts"][number]> = {}) => ({
  clusterId,
  result: "accepted" as const,
  namespaceExists: true,
  warnings: [],
  causes: [],
  message: null,
  ...more,
});
const candidates = [candidate("a"), candidate("b")];

test("the same reason on two clusters is told once", () => {
  const facts = placementFacts({
    candidates: [candidate("a"), candidate("b", [gpu]), candidate("c", [gpu])],
    verdicts: [],
    notChecked: null,
  });
  expect(facts).toEqual({ clusters: 3, fitting: 1, reasons: [gpu] });
});

test("where nothing fits there is nothing to ask", () => {
  expect(
    admissionFacts({ candidates: [candidate("a", [gpu])], verdicts: [], notChecked: null }).outcome,
  ).toBe("nothing_to_ask");
});

test("a check that could not run is not a yes", () => {
  expect(admissionFacts({ candidates, verdicts: [], notChecked: "WORKER_SILENT" }).outcome).toBe(
    "not_checked",
  );
  const silent = { result: "not_checked", message: "timeout" } as const;
  const facts = admissionFacts({
    candidates,
    verdicts: [verdict("a", silent), verdict("b", silent)],
    notChecked: null,
  });
  expect(facts).toMatchObject({ outcome: "not_checked", messages: ["timeout"], accepted: 0 });
});

test("one yes beside one no is a part of a yes, and the no is quoted", () => {
  const cause = { field: "spec.template.spec.domain.cpu", message: "too many" };
  const facts = admissionFacts({
    candidates,
    verdicts: [
      verdict("a", { namespaceExists: false }),
      verdict("b", { result: "refused", causes: [cause], message: "denied" }),
    ],
    notChecked: null,
  });
  expect(facts).toMatchObject({
    outcome: "partly",
    accepted: 1,
    asked: 2,
    causes: [cause],
    namespaceMissing: true,
  });
});

test("a clear no outweighs a silence", () => {
  const facts = admissionFacts({
    candidates,
    verdicts: [
      verdict("a", { result: "refused", message: "denied" }),
      verdict("b", { result: "not_checked", message: "timeout" }),
    ],
    notChecked: null,
  });
  expect(facts).toMatchObject({ outcome: "refused", messages: ["denied"] });
});
