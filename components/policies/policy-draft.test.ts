import { describe, expect, test } from "vitest";
import { draftOf, newDraft, placeOf, questionOf } from "./policy-draft";
import type { PolicyListRow } from "@/lib/requests/policies/schema";

const asked = { days: 30, replacesId: null };

describe("a rule as it is typed", () => {
  test("is asked about as soon as it is one", () => {
    expect(questionOf(newDraft, asked)).toEqual({
      days: 30,
      leaveOut: [],
      replacesId: null,
      rule: expect.objectContaining({
        effect: "ask",
        operation: "CREATE_VM",
        environment: "all",
        priority: 100,
      }),
    });
    expect(
      questionOf({ ...newDraft, minCpuCores: "8", requiresGpu: "false", place: "=uat" }, asked)?.rule,
    ).toMatchObject({
      minCpuCores: 8,
      requiresGpu: false,
      environment: "all",
      environmentName: "uat",
    });
  });

  test.for([
    { priority: "" },
    { priority: "none" },
    { minCpuCores: "-1" },
    { minDiskGb: "half" },
    { operation: "FLY" },
  ])("%o is none yet", (over) => {
    expect(questionOf({ ...newDraft, ...over }, asked)).toBeNull();
  });

  test("one environment is told apart from a class", () => {
    expect(placeOf("prod")).toEqual({ environment: "prod", environmentName: "" });
    expect(placeOf("=prod")).toEqual({ environment: "all", environmentName: "prod" });
  });

  test("a stored rule comes back as it was typed", () => {
    const { name, effect } = newDraft;
    const stored: PolicyListRow = {
      ...{
        id: "1",
        name,
        effect,
        description: "",
        operation: "ALL",
        environment: "all",
        environmentName: "uat",
      },
      ...{ systemId: "shop", requesterRole: null, minCpuCores: 4, minMemoryGi: null, minDiskGb: 50 },
      ...{ requiresGpu: true, workflowId: null, priority: 7, state: "active", replacesId: null, revision: 1 },
      ...{ isDefault: false, systemName: "Shop", roleName: null, workflowName: null, differences: 0 },
      ...{ updatedByName: "Ada", updatedAt: new Date(0) },
    };
    expect(draftOf(stored)).toEqual({
      ...newDraft,
      ...{ operation: "ALL", place: "=uat", systemId: "shop", minCpuCores: "4", minDiskGb: "50" },
      ...{ requiresGpu: "true", priority: "7" },
    });
  });
});
