import { describe, expect, test } from "vitest";
import {
  chooseDesk,
  isSamePerson,
  meaningOf,
  pollDelaySeconds,
  retryDelaySeconds,
  takesRequest,
} from "./rules";
import { route } from "./schema";

const asked = {
  operation: "CREATE_VM",
  environment: "prod",
  systemId: "s1",
  demand: { cpuCores: 8, memoryGi: 32, diskGb: 100 },
};

describe("a desk takes", () => {
  test.each([
    [{}, true],
    [{ operations: ["CREATE_VM"] }, true],
    [{ operations: ["DELETE_VM"] }, false],
    [{ environments: ["prod", "dr"] }, true],
    [{ environments: ["test"] }, false],
    [{ systemIds: ["s2"] }, false],
    [{ minCpuCores: 8 }, true],
    [{ minCpuCores: 8.5 }, false],
    [{ minMemoryGi: 33 }, false],
    [{ environments: ["prod"], minDiskGb: 100 }, true],
    [{ environments: ["prod"], minDiskGb: 101 }, false],
  ])("what its route %j says: %s", (over, expected) => {
    expect(takesRequest([route.parse(over)], asked)).toBe(expected);
  });

  test("what fits one of several routes, everything without any, and roles on a System only where it says so", () => {
    const routes = [route.parse({ operations: ["DELETE_VM"] }), route.parse({ environments: ["prod"] })];
    expect(takesRequest(routes, asked)).toBe(true);
    expect(takesRequest([], asked)).toBe(true);
    const access = { operation: "SYSTEM_ACCESS", environment: null, systemId: "s1", demand: null };
    expect(takesRequest([], access)).toBe(false);
    expect(takesRequest([route.parse({})], access)).toBe(false);
    expect(takesRequest([route.parse({ operations: ["SYSTEM_ACCESS"] })], access)).toBe(true);
    expect(takesRequest([route.parse({ minCpuCores: 1 })], { ...access, operation: "START_VM" })).toBe(false);
  });
});

test("the first desk in order that takes it and has not had it", () => {
  const desks = [
    { id: "a", routes: [route.parse({ environments: ["test"] })] },
    { id: "b", routes: [] },
    { id: "c", routes: [] },
  ];
  expect(chooseDesk(desks, asked, [])?.id).toBe("b");
  expect(chooseDesk(desks, asked, ["b"])?.id).toBe("c");
  expect(chooseDesk(desks, asked, ["b", "c"])).toBeNull();
});

test("tries are further and further apart, and end", () => {
  const patience = { retryCount: 3, retryBackoffSeconds: 2 };
  expect([1, 2, 3, 4].map((made) => retryDelaySeconds(patience, made))).toEqual([2, 4, 8, null]);
  expect(retryDelaySeconds({ retryCount: 0, retryBackoffSeconds: 2 }, 1)).toBeNull();
  expect([0, 1, 2, 9, 99].map((failures) => pollDelaySeconds(60, failures))).toEqual([
    60, 120, 240, 900, 900,
  ]);
  expect(pollDelaySeconds(3_600, 5)).toBe(3_600);
});

test("a word means what the administrator says, else the usual, else nothing", () => {
  expect(meaningOf("jira", { done: "approved" }, " Done ")).toBe("approved");
  expect(meaningOf("jira", { approved: "pending" }, "Approved")).toBe("pending");
  expect(meaningOf("jira", {}, "Declined")).toBe("rejected");
  expect(meaningOf("servicenow", {}, "not requested")).toBe("pending");
  for (const word of ["", "whatever", "constructor", "__proto__", "toString"])
    expect(meaningOf("servicenow", {}, word)).toBe("pending");
});

test.each([
  ["bo", true],
  [" BO ", true],
  ["bo@corp.example", true],
  ["Bo@CORP.example", true],
  ["ｂｏ", true],
  ["bo.smith@corp.example", true],
  ["uid-7", true],
  ["bo@elsewhere.example", false],
  ["ann", false],
  ["bob", false],
])("whoever asked is known again as %j: %s", (name, expected) => {
  const person = { username: "bo", email: "bo.smith@corp.example", externalId: "uid-7" };
  expect(isSamePerson(person, ["x", name])).toBe(expected);
});
