import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { environmentClasses } from "@/lib/vocabulary/environments";
import { operations } from "@/lib/vocabulary/operations";
import {
  alwaysAsked,
  applyChanges,
  choosePolicy,
  differs,
  explainPolicy,
  failedConditions,
  policyEffects,
  type KnownQuestion,
  type PolicyRow,
} from "./rules";

const policy = (over: Partial<PolicyRow> = {}): PolicyRow => ({
  id: `id-${over.name ?? "one"}`,
  name: "one",
  effect: "run",
  priority: 100,
  operation: "START_VM",
  environment: "all",
  environmentName: null,
  systemId: null,
  requesterRole: null,
  minCpuCores: null,
  minMemoryGi: null,
  minDiskGb: null,
  requiresGpu: null,
  workflowId: null,
  ...over,
});
const wanted: KnownQuestion = {
  operation: "START_VM",
  systemId: "shop",
  environment: "uat",
  environmentClass: "prod",
  requesterId: "dev",
  requesterRoles: ["role-viewer", "member"],
  demand: { vms: 1, cpuCores: 8, memoryGi: 32, diskGb: 200, gpus: 0 },
};

test("where nothing matches, somebody must be asked", () => {
  expect(choosePolicy([], wanted)).toEqual(alwaysAsked);
  const others = [policy({ operation: "STOP_VM" }), policy({ environment: "test" })];
  expect(choosePolicy(others, wanted)).toEqual(alwaysAsked);
});

describe("a condition", () => {
  const cases: [Partial<PolicyRow>, string[]][] = [
    [{}, []],
    [{ operation: "ALL" }, []],
    [{ operation: "STOP_VM" }, ["operation"]],
    [{ environment: "prod" }, []],
    [{ environment: "test" }, ["environment"]],
    [{ environmentName: "uat" }, []],
    [{ environmentName: "prod" }, ["environment"]],
    [{ systemId: "shop" }, []],
    [{ systemId: "bank" }, ["system"]],
    [{ requesterRole: "member" }, []],
    [{ requesterRole: "role-viewer" }, []],
    [{ requesterRole: "owner" }, ["requester"]],
    [{ minCpuCores: 8 }, []],
    [{ minCpuCores: 8.5 }, ["cpu"]],
    [{ minMemoryGi: 32 }, []],
    [{ minMemoryGi: 32.5 }, ["memory"]],
    [{ minDiskGb: 200 }, []],
    [{ minDiskGb: 201 }, ["disk"]],
    [{ requiresGpu: false }, []],
    [{ requiresGpu: true }, ["gpu"]],
    [{ operation: "STOP_VM", systemId: "bank", minCpuCores: 64 }, ["operation", "system", "cpu"]],
  ];
  test.for(cases)("%o fails %o", ([over, failed]) => {
    expect(failedConditions(policy(over), wanted)).toEqual(failed);
  });

  test("about size is met by nothing that holds nothing", () => {
    const restless = { ...wanted, demand: null };
    expect(failedConditions(policy({ minCpuCores: 0.5 }), restless)).toEqual(["cpu"]);
    expect(failedConditions(policy({ requiresGpu: false }), restless)).toEqual(["gpu"]);
  });
});

test("a rule names the steps that its question takes", () => {
  const asked = policy({ effect: "ask", workflowId: "two-persons" });
  expect(choosePolicy([asked], wanted)).toEqual({
    effect: "ask",
    policyId: "id-one",
    policyName: "one",
    workflowId: "two-persons",
  });
});

test("the lowest number answers first, of equal numbers the name", () => {
  const rules = [policy({ name: "late", priority: 200 }), policy({ name: "b" }), policy({ name: "a" })];
  expect(choosePolicy(rules, wanted).policyName).toBe("a");
  expect(choosePolicy(rules.slice(0, 2), wanted).policyName).toBe("b");
});

test("a rule that says no decides, whatever stands before it", () => {
  const rules = [
    policy({ name: "first", priority: 1 }),
    policy({ name: "no", effect: "deny", priority: 900 }),
  ];
  expect(choosePolicy(rules, wanted)).toMatchObject({ effect: "deny", policyName: "no" });
  const { rules: explained } = explainPolicy(rules, wanted);
  expect(explained.map(({ policy: { name }, standing }) => [name, standing])).toEqual([
    ["no", "decides"],
    ["first", "overruled"],
  ]);
});

test("every rule says why it does not decide", () => {
  const rules = [
    policy({ name: "elsewhere", priority: 1, environment: "test", systemId: "bank" }),
    policy({ name: "here", priority: 5 }),
    policy({ name: "later", priority: 9, effect: "ask" }),
  ];
  const { decision, rules: explained } = explainPolicy(rules, wanted);
  expect(decision.policyName).toBe("here");
  expect(explained.map(({ standing, failed }) => ({ standing, failed }))).toEqual([
    { standing: "fails", failed: ["environment", "system"] },
    { standing: "decides", failed: [] },
    { standing: "comes_later", failed: [] },
  ]);
});

test("what replaces a rule takes its place, what is left out says nothing", () => {
  const rules = [policy({ name: "a" }), policy({ name: "b" })];
  const put = [{ ...policy({ name: "a", id: "draft", effect: "ask" }), replacesId: "id-a" }];
  expect(applyChanges(rules, { put, leaveOut: ["id-b"] })).toEqual([
    policy({ name: "a", id: "draft", effect: "ask" }),
  ]);
});

test("other steps to the same answer are a difference, another rule alone is none", () => {
  const asked = { ...alwaysAsked, policyName: "a", policyId: "1" };
  expect(differs(asked, { ...asked, policyName: "b", policyId: "2" })).toBe(false);
  expect(differs(asked, { ...asked, workflowId: "two-persons" })).toBe(true);
  expect(differs(asked, { ...asked, effect: "run" })).toBe(true);
});

const anyRule = fc
  .record({
    name: fc.string({ minLength: 1, maxLength: 3 }),
    effect: fc.constantFrom(...policyEffects),
    priority: fc.integer({ min: 1, max: 5 }),
    operation: fc.constantFrom("ALL", "START_VM", "STOP_VM"),
    environment: fc.constantFrom("all", "test", "prod"),
    environmentName: fc.option(fc.constantFrom("uat", "prod")),
    requesterRole: fc.option(fc.constantFrom("owner", "member")),
    minCpuCores: fc.option(fc.constantFrom(4, 16)),
    requiresGpu: fc.option(fc.boolean()),
    workflowId: fc.option(fc.constantFrom("w1", "w2")),
  })
  .map((over) => policy(over));
const anyRules = fc
  .uniqueArray(anyRule, { maxLength: 8, selector: ({ name }) => name })
  .map((rules) => rules.map((rule) => ({ ...rule, id: rule.name })));
const anyQuestion = fc
  .record({
    operation: fc.constantFrom(...operations),
    environmentClass: fc.constantFrom(...environmentClasses),
    requesterRoles: fc.subarray(["owner", "member"]),
    cpuCores: fc.constantFrom(2, 8, 32),
  })
  .map(({ cpuCores, ...over }) => ({
    ...wanted,
    ...over,
    demand: { vms: 1, cpuCores, memoryGi: 1, diskGb: 1, gpus: 0 },
  }));

test("the order of rows never matters", () => {
  const shuffled = fc.tuple(anyRules, anyQuestion).chain(([rules, question]) =>
    fc.record({
      rules: fc.constant(rules),
      others: fc.shuffledSubarray(rules, { minLength: rules.length }),
      question: fc.constant(question),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ rules, others, question }) => {
      expect(choosePolicy(others, question)).toEqual(choosePolicy(rules, question));
    }),
    { numRuns: 500 },
  );
});

test("deny wins exactly where a rule that says no matches, and the explanation says the same as the choice", () => {
  fc.assert(
    fc.property(anyRules, anyQuestion, (rules, question) => {
      const matching = rules.filter((rule) => failedConditions(rule, question).length === 0);
      const { decision, rules: explained } = explainPolicy(rules, question);
      expect(decision.effect === "deny").toBe(matching.some(({ effect }) => effect === "deny"));
      expect(
        explained.filter(({ standing }) => standing === "decides").map(({ policy: { id } }) => id),
      ).toEqual(decision.policyId === null ? [] : [decision.policyId]);
    }),
    { numRuns: 500 },
  );
});
