import { expect, test } from "vitest";
import type { ClusterClient } from "./client";
import { ClusterFailure } from "./failures";
import {
  forceStopVirtualMachine,
  pauseVirtualMachine,
  resetVirtualMachine,
  restartVirtualMachine,
  resumeVirtualMachine,
  softRebootVirtualMachine,
  startVirtualMachine,
  stopVirtualMachine,
  type PowerCall,
} from "./power-calls";

interface Sent {
  method: string;
  path: string;
  body: unknown;
}

/** A cluster that answers every call alike, and keeps what it was asked. */
function answering(failure?: ClusterFailure): { client: ClusterClient; sent: Sent[] } {
  const sent: Sent[] = [];
  const exchange = (call: { method: string; path: string; body?: string }) => {
    sent.push({ method: call.method, path: call.path, body: JSON.parse(call.body ?? "null") });
    return failure === undefined
      ? Promise.resolve({ status: 202, headers: {}, body: "" })
      : Promise.reject(failure);
  };
  // Power calls use nothing of a client but its exchange.
  return { client: { exchange } as unknown as ClusterClient, sent };
}

const machine = "/apis/subresources.kubevirt.io/v1/namespaces/shop/virtualmachines/web-01";
const instance = "/apis/subresources.kubevirt.io/v1/namespaces/shop/virtualmachineinstances/web-01";

test.for<[PowerCall, string, object]>([
  [startVirtualMachine, `${machine}/start`, {}],
  [stopVirtualMachine, `${machine}/stop`, {}],
  [forceStopVirtualMachine, `${machine}/stop`, { gracePeriod: 0 }],
  [restartVirtualMachine, `${machine}/restart`, {}],
  [pauseVirtualMachine, `${instance}/pause`, {}],
  [resumeVirtualMachine, `${instance}/unpause`, {}],
  [softRebootVirtualMachine, `${instance}/softreboot`, {}],
  [resetVirtualMachine, `${instance}/reset`, {}],
])("one PUT each: %#", async ([call, path, body]) => {
  const { client, sent } = answering();
  expect(await call(client, "shop", "web-01")).toEqual({ changed: true });
  expect(sent).toEqual([{ method: "PUT", path, body }]);
});

const conflict = (cause: string) => {
  const text = `Operation cannot be fulfilled on virtualmachineinstance.kubevirt.io "web-01": ${cause}`;
  return new ClusterFailure("conflict", text, { status: 409, reason: "Conflict" });
};

test.for<[PowerCall, string]>([
  [startVirtualMachine, "VM is already running"],
  [stopVirtualMachine, "VM is not running"],
  [forceStopVirtualMachine, "VM is not running"],
  [forceStopVirtualMachine, "Halted only supports manual stop requests with a shorter graceperiod"],
  [pauseVirtualMachine, "VMI is already paused"],
  [resumeVirtualMachine, "VMI is not paused"],
])("what already is so is the wished end: %#", async ([call, cause]) => {
  const outcome = await call(answering(conflict(cause)).client, "shop", "web-01");
  expect(outcome).toEqual({ changed: false, reason: expect.stringContaining(cause) });
});

test.for<[PowerCall, string]>([
  [pauseVirtualMachine, "VM is not running"],
  [resumeVirtualMachine, "VMI is not running"],
  [softRebootVirtualMachine, "VM is not running"],
  [softRebootVirtualMachine, "VMI is paused"],
  [softRebootVirtualMachine, "VMI neither have the agent connected nor the ACPI feature enabled"],
  [resetVirtualMachine, "Failed to reset non-running VMI with phase Scheduled: VMI is not running"],
])(
  "what no later try would change is refused for good, in the cluster's words: %#",
  async ([call, cause]) => {
    await expect(call(answering(conflict(cause)).client, "shop", "web-01")).rejects.toMatchObject({
      kind: "rejected",
      status: 409,
      message: expect.stringContaining(cause),
    });
  },
);

test("a snapshot that holds a paused machine passes", async () => {
  const { client } = answering(conflict("VM snapshot is in progress"));
  await expect(resumeVirtualMachine(client, "shop", "web-01")).rejects.toMatchObject({ kind: "conflict" });
});

test("an instance that is not there is refused for good; a machine that is not there is gone", async () => {
  const gone = new ClusterFailure("gone", "not found", { status: 404, reason: "NotFound" });
  await expect(resetVirtualMachine(answering(gone).client, "shop", "web-01")).rejects.toMatchObject({
    kind: "rejected",
  });
  await expect(stopVirtualMachine(answering(gone).client, "shop", "web-01")).rejects.toMatchObject({
    kind: "gone",
  });
});

test.for([
  ["error trying to reach service: dial tcp 10.96.0.1:443: connect: connection refused", false],
  ["service unavailable", false],
  ["upstream connect error or disconnect/reset before headers", true],
] as const)("out of reach, %s: outcome unknown is %s", async ([message, outcomeUnknown]) => {
  const lost = new ClusterFailure("unavailable", message, { status: 503, outcomeUnknown: true });
  await expect(resetVirtualMachine(answering(lost).client, "shop", "web-01")).rejects.toMatchObject({
    kind: "unavailable",
    outcomeUnknown,
  });
});

test.for(["..", "a/b", "", "A", "a?x=1"])(
  "a name that leads elsewhere is not put into a path: %j",
  async (name) => {
    const { client, sent } = answering();
    await expect(pauseVirtualMachine(client, "shop", name)).rejects.toMatchObject({ kind: "rejected" });
    expect(sent).toEqual([]);
  },
);
