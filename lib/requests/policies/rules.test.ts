import { expect, test } from "vitest";
import { alwaysAsked, choosePolicy, type PolicyRow } from "./rules";

const policy = (over: Partial<PolicyRow>): PolicyRow => ({
  id: "rule-one",
  name: "one",
  environment: "all",
  operation: "START_VM",
  effect: "run",
  priority: 100,
  ...over,
});
const wanted = { operation: "START_VM", environmentClass: "prod" } as const;

test("where nothing matches, somebody must be asked", () => {
  const asked = { requiresApproval: true, policyName: null };
  expect(choosePolicy([], wanted)).toEqual(alwaysAsked);
  expect(choosePolicy([policy({ operation: "STOP_VM" }), policy({ environment: "test" })], wanted)).toEqual(
    alwaysAsked,
  );
});

test("a policy for all environments answers, and so does one for this", () => {
  expect(choosePolicy([policy({})], wanted)).toMatchObject({ effect: "run", policyName: "one" });
  expect(choosePolicy([policy({ environment: "prod" })], wanted).policyName).toBe("one");
});

test("the lowest number answers first, in whatever order they are stored", () => {
  const policies = [
    policy({ name: "late", priority: 200, effect: "ask" }),
    policy({ name: "early", priority: 10 }),
  ];
  expect(choosePolicy(policies, wanted).policyName).toBe("early");
  expect(choosePolicy(policies.toReversed(), wanted).policyName).toBe("early");
});

test("of equal numbers the name decides, so that the answer never depends on the order of rows", () => {
  const policies = [policy({ name: "b", effect: "ask" }), policy({ name: "a" })];
  expect(choosePolicy(policies, wanted).policyName).toBe("a");
  expect(choosePolicy(policies.toReversed(), wanted).policyName).toBe("a");
});
