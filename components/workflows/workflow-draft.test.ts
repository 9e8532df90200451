import { expect, test } from "vitest";
import { moved, newWorkflow, numberOf, refOf, without } from "./workflow-draft";
import { createWorkflowInput } from "@/lib/requests/workflows/schema";

test("a new draft wants nothing but a name", () => {
  expect(createWorkflowInput.safeParse(newWorkflow()).success).toBe(false);
  expect(createWorkflowInput.safeParse({ ...newWorkflow(), name: "Large machines" }).success).toBe(true);
});

test("a kind that names nobody forgets whom another kind named", () => {
  expect(refOf("role", "role-a")).toEqual({ kind: "role", refId: "role-a" });
  expect(refOf("owners", "role-a")).toEqual({ kind: "owners", refId: null });
});

test("entries move by one place, never off the end", () => {
  expect(moved(["a", "b", "c"], 1, -1)).toEqual(["b", "a", "c"]);
  expect(moved(["a", "b", "c"], 2, 1)).toEqual(["a", "b", "c"]);
  expect(without(["a", "b"], 0)).toEqual(["b"]);
  expect([numberOf(""), numberOf("4")]).toEqual([null, 4]);
});
