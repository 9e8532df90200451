import { expect, test } from "vitest";
import {
  cleanText,
  ClusterFailure,
  failureFromAnswer,
  failureFromSocket,
  failureFromStatus,
} from "./failures";

const typedPatch =
  "failed to create typed patch object (ns/vm; kubevirt.io/v1, Kind=VirtualMachine): .spec.cpu.coress: field not declared in schema";
const hungWebhook =
  'failed calling webhook "virtualmachines-mutator.kubevirt.io": failed to call webhook: Post "https://virt-api.kubevirt.svc": context deadline exceeded';
const deniedMigration =
  'Internal error occurred: admission webhook "migration-create-validator.kubevirt.io" denied the request: Cannot migrate VMI, Reason: HostDeviceNotLiveMigratable';

const answers: [
  status: number,
  reason: string | undefined,
  message: string,
  kind: string,
  outcomeUnknown: boolean,
][] = [
  [400, "BadRequest", "strict decoding error: unknown field", "rejected", false],
  [401, "Unauthorized", "Unauthorized", "rejected", false],
  [403, "Forbidden", "virtualmachines.kubevirt.io is forbidden", "rejected", false],
  [404, "NotFound", 'virtualmachines.kubevirt.io "x" not found', "gone", false],
  [405, "MethodNotAllowed", "the server does not allow this method", "rejected", false],
  [408, "Timeout", "request timeout", "unavailable", false],
  [409, "Conflict", "Apply failed with 1 conflict", "conflict", false],
  [409, "AlreadyExists", 'namespaces "x" already exists', "conflict", false],
  [410, "Expired", "too old resource version", "conflict", false],
  [422, "Invalid", "admission webhook denied the request: RunStrategy must be specified", "rejected", false],
  [429, "TooManyRequests", "please try again later", "unavailable", false],
  [500, undefined, typedPatch, "rejected", false],
  [500, "InternalError", hungWebhook, "unavailable", false],
  [500, "InternalError", deniedMigration, "rejected", false],
  [500, "InternalError", "etcdserver: request timed out", "unavailable", true],
  [502, undefined, "bad gateway", "unavailable", true],
  [503, "ServiceUnavailable", "apiserver is shutting down", "unavailable", false],
  [504, "Timeout", "Too large resource version: 9, current: 5", "unavailable", true],
];

test.each(answers)("a write answered %i %s (%s) is %s", (...answer) => {
  const [status, reason, message, kind, outcomeUnknown] = answer;
  const body = JSON.stringify({ kind: "Status", status: "Failure", message, reason, code: status });
  const failure = failureFromAnswer({ status, body, isWrite: true });
  expect(failure).toMatchObject({ kind, status, message, outcomeUnknown });
  expect(failure.reason).toBe(reason);
  expect(failureFromAnswer({ status, body, isWrite: false }).outcomeUnknown).toBe(false);
});

test("a field another manager owns is a conflict with its causes", () => {
  const causes = [
    { reason: "FieldManagerConflict", message: 'conflict with "gov-app"', field: ".spec.runStrategy" },
  ];
  const body = JSON.stringify({
    kind: "Status",
    message: "Apply failed",
    reason: "Conflict",
    details: { causes },
  });
  expect(failureFromAnswer({ status: 409, body, isWrite: true }).causes).toEqual(causes);
});

test("a 404 without a Status says nothing about the object", () => {
  const failure = failureFromAnswer({ status: 404, body: "404 page not found\n", isWrite: false });
  expect(failure).toMatchObject({ kind: "unavailable", reason: "NotServed", message: "404 page not found" });
});

test("virt-api down is unavailable, in its own words, and a write's outcome stays open", () => {
  const body = "error trying to reach service: dial tcp 10.0.0.9:8443: connect: connection refused";
  const failure = failureFromAnswer({ status: 503, body, isWrite: true });
  expect(failure).toMatchObject({ kind: "unavailable", message: body, outcomeUnknown: true });
});

test("a redirect is a refusal", () => {
  const failure = failureFromAnswer({ status: 302, body: "<html>", isWrite: false });
  expect(failure).toMatchObject({ kind: "rejected", reason: "Redirect" });
  expect(failure.message).toContain("not followed");
});

test.each([
  ["7", 7],
  ["999999", 300],
  ["-5", 0],
  ["soon", undefined],
  [new Date(Date.now() + 60_000).toUTCString(), 60],
  [new Date(Date.now() - 60_000).toUTCString(), 0],
])("Retry-After %s waits %s seconds", (retryAfter, seconds) => {
  const { retryAfterSeconds } = failureFromAnswer({ status: 429, body: "", isWrite: false, retryAfter });
  if (seconds === undefined) expect(retryAfterSeconds).toBeUndefined();
  else expect(Math.abs((retryAfterSeconds ?? -99) - seconds)).toBeLessThanOrEqual(1);
});

test("the body's own waiting time counts where there is no header", () => {
  const body = JSON.stringify({ kind: "Status", message: "later", details: { retryAfterSeconds: 3 } });
  expect(failureFromAnswer({ status: 504, body, isWrite: false }).retryAfterSeconds).toBe(3);
});

test("a hostile Status is cut, cleaned and never a crash", () => {
  const body = JSON.stringify({
    kind: "Status",
    message: `\u001b[31m${"A".repeat(100_000)}\u202e`,
    reason: { toString: "x" },
    code: "nine",
    details: {
      causes: [null, 4, { message: "B".repeat(9_000) }, ...Array(500).fill({})],
      retryAfterSeconds: 1e99,
    },
  });
  const failure = failureFromAnswer({ status: 500, body, isWrite: false });
  expect(failure.message).toHaveLength(2_000);
  expect(failure.message.startsWith("[31mAAA")).toBe(true);
  expect(failure.causes.length).toBeLessThanOrEqual(20);
  expect(failure.causes[0]?.message).toHaveLength(2_000);
  expect(failure.retryAfterSeconds).toBeUndefined();
  expect(failureFromAnswer({ status: 500, body: "{", isWrite: false }).message).toBe("{");
  expect(failureFromStatus("nonsense").kind).toBe("unavailable");
});

test("an expired watch is told apart inside a stream of 200", () => {
  const object = {
    kind: "Status",
    message: "too old resource version: 1 (482)",
    reason: "Expired",
    code: 410,
  };
  expect(failureFromStatus(object)).toMatchObject({ kind: "conflict", status: 410, reason: "Expired" });
});

test("a lost socket leaves a write's outcome open only once the cluster was reached", () => {
  const reset = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });
  const lost = failureFromSocket(reset, { isWrite: true, reachedCluster: true });
  expect(lost).toMatchObject({ kind: "unavailable", reason: "ECONNRESET", outcomeUnknown: true });
  expect(failureFromSocket(reset, { isWrite: true, reachedCluster: false }).outcomeUnknown).toBe(false);
  expect(failureFromSocket(reset, { isWrite: false, reachedCluster: true }).outcomeUnknown).toBe(false);
  expect(failureFromSocket(lost, { isWrite: false, reachedCluster: false })).toBe(lost);
  expect(lost).toBeInstanceOf(ClusterFailure);
});

test("text is cut to its length and holds no half of a character", () => {
  expect(cleanText("😀".repeat(10), 6)).toBe("😀😀\ufffd…");
  expect(cleanText("a\ud83db", 10)).toBe("a\ufffdb");
});
