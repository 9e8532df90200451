import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { domainOf } from "../controllers/machine-facts";
import type { JsonObject } from "../json";
import { objectsAt, textAt } from "../json";
import { actionsPath, applyMachine, callLab, machineManifest, until, waitForStatus } from "../lab-client";
import type { KubevirtLab } from "../server";
import { startKubevirtLab } from "../server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());
beforeEach(() => lab.control.faults.clear());

const act = (name: string, action: string, body?: JsonObject) =>
  callLab(lab, "PUT", `${actionsPath}/virtualmachines/${name}/${action}`, body ? { body } : {});
const actOnInstance = (name: string, action: string) =>
  callLab(lab, "PUT", `${actionsPath}/virtualmachineinstances/${name}/${action}`);
const conflictText = (name: string, cause: string) =>
  `Operation cannot be fulfilled on virtualmachine.kubevirt.io "${name}": ${cause}`;
const uidOf = (name: string) =>
  lab.control.objects("vmi").find((one) => one.metadata.name === name)?.metadata.uid;
const agentOf = (name: string) =>
  objectsAt(lab.control.objects("vmi").find((one) => one.metadata.name === name)?.status, "conditions").find(
    (one) => textAt(one, "type") === "AgentConnected",
  );

async function create(name: string, runStrategy: string): Promise<void> {
  await applyMachine(lab, machineManifest(name, { spec: { runStrategy } }));
  await waitForStatus(lab, name, runStrategy === "Always" ? "Running" : "Stopped");
}

test("start and stop answer 202 and move the run strategy to virt-api", async () => {
  await create("power", "Halted");
  expect(await act("power", "start")).toMatchObject({ code: 202, text: "" });
  await waitForStatus(lab, "power", "Running");
  const again = await act("power", "start");
  expect(again).toMatchObject({ code: 409, body: { reason: "Conflict" } });
  expect(again.body["message"]).toBe(conflictText("power", "VM is already running"));
  const reapplied = await applyMachine(lab, machineManifest("power", { spec: { runStrategy: "Halted" } }));
  expect(reapplied.code).toBe(409);
  expect(reapplied.body["message"]).toBe(
    'Apply failed with 1 conflict: conflict with "virt-api" using kubevirt.io/v1: .spec.runStrategy',
  );
  expect((await act("power", "stop")).code).toBe(202);
  await waitForStatus(lab, "power", "Stopped");
  expect((await act("power", "stop")).body["message"]).toBe(conflictText("power", "VM is not running"));
});

test("restart makes a new instance, and a second one meanwhile is refused", async () => {
  await create("restart", "Always");
  const before = uidOf("restart");
  const both = await Promise.all([act("restart", "restart"), act("restart", "restart")]);
  expect(both.map((answer) => answer.code).sort()).toEqual([202, 500]);
  expect(both.find((answer) => answer.code === 500)?.body["message"]).toBe(
    "Internal error occurred: unable to complete request: stop/start already underway",
  );
  await until("another instance", () => (uidOf("restart") !== before ? uidOf("restart") : undefined));
  await waitForStatus(lab, "restart", "Running");
  const vm = lab.control.objects("vm").find((one) => one.metadata.name === "restart");
  expect(vm?.status?.["stateChangeRequests"]).toBeUndefined();
  expect(vm?.spec?.["runStrategy"]).toBe("Always");
});

test("a stopped machine cannot be restarted", async () => {
  await create("halted", "Halted");
  expect((await act("halted", "restart")).body["message"]).toBe(
    conflictText("halted", "RunStategy Halted does not support manual restart requests"),
  );
  const positive = await act("halted", "restart", { gracePeriodSeconds: 5 });
  expect(positive).toMatchObject({
    code: 400,
    body: { message: "For force restart, only gracePeriod=0 is supported for now" },
  });
});

test("a guest that hangs stops only when its power is cut", async () => {
  await create("hangs", "Always");
  lab.control.edit("vmi", "default", "hangs", (object) => ({
    ...object,
    metadata: { ...object.metadata, annotations: { "lab/hangs": "true" } },
  }));
  await act("hangs", "stop");
  await waitForStatus(lab, "hangs", "Stopping");
  const shorter = "Halted only supports manual stop requests with a shorter graceperiod";
  expect((await act("hangs", "stop")).body["message"]).toBe(conflictText("hangs", shorter));
  expect((await act("hangs", "stop", { gracePeriod: 0 })).code).toBe(202);
  await waitForStatus(lab, "hangs", "Stopped");
});

test("a soft reboot wants an agent or ACPI, and a reset what runs", async () => {
  await create("reboot", "Always");
  expect(await actOnInstance("reboot", "softreboot")).toMatchObject({ code: 200, text: "" });
  expect(await actOnInstance("reboot", "reset")).toMatchObject({ code: 200, text: "" });

  await create("deaf", "Always");
  // An agent that connects later would make up for the missing ACPI.
  await until("the agent", () => agentOf("deaf"));
  lab.control.edit("vmi", "default", "deaf", (object) => ({
    ...object,
    spec: { ...object.spec, domain: { ...domainOf(object), features: { acpi: { enabled: false } } } },
    status: { ...object.status, conditions: [] },
  }));
  expect((await actOnInstance("deaf", "softreboot")).body["message"]).toContain(
    "VMI neither have the agent connected nor the ACPI feature enabled",
  );
});

test("a manual machine keeps its strategy through start and stop", async () => {
  await create("manual", "Manual");
  await act("manual", "start");
  await waitForStatus(lab, "manual", "Running");
  await act("manual", "stop");
  await waitForStatus(lab, "manual", "Stopped");
  expect(lab.control.objects("vm").find((one) => one.metadata.name === "manual")?.spec?.["runStrategy"]).toBe(
    "Manual",
  );
});

test("a machine started paused waits for unpause", async () => {
  await create("paused", "Halted");
  await act("paused", "start", { paused: true });
  await waitForStatus(lab, "paused", "Paused");
  expect(lab.control.objects("vm").find((one) => one.metadata.name === "paused")?.spec?.["runStrategy"]).toBe(
    "Always",
  );
  expect((await actOnInstance("paused", "pause")).body["message"]).toContain("VMI is already paused");
  expect(await actOnInstance("paused", "unpause")).toMatchObject({ code: 200, text: "" });
  await waitForStatus(lab, "paused", "Running");
  expect((await actOnInstance("paused", "unpause")).body["message"]).toContain("VMI is not paused");
  const conditions = objectsAt(
    lab.control.objects("vm").find((one) => one.metadata.name === "paused")?.status,
    "conditions",
  );
  expect(conditions.some((condition) => condition["type"] === "Paused")).toBe(false);
});

test("a dry run changes nothing", async () => {
  await create("dry", "Halted");
  expect((await act("dry", "start", { dryRun: ["All"] })).code).toBe(202);
  expect(lab.control.ledger().at(-1)).toMatchObject({
    kind: "virtualmachines/start",
    dryRun: true,
    effective: false,
  });
});

test("missing machines, wrong methods, wrong bodies", async () => {
  expect((await act("nope", "start")).body["message"]).toBe('virtualmachine.kubevirt.io "nope" not found');
  expect((await actOnInstance("nope", "pause")).body["message"]).toBe(
    'virtualmachineinstance.kubevirt.io "nope" not found',
  );
  const wrong = await callLab(lab, "POST", `${actionsPath}/virtualmachines/nope/start`);
  expect(wrong).toMatchObject({ code: 405, text: "405: Method Not Allowed" });
  await create("body", "Halted");
  const answer = await act("body", "start", { paused: "yes" });
  expect(answer.code).toBe(400);
  expect(answer.body["message"]).toContain("Can not unmarshal Request body to struct, error: ");
});

test("the guest agent answers when it is connected, and errors are plain text", async () => {
  await create("agent", "Always");
  const ask = (name: string) =>
    callLab(lab, "GET", `${actionsPath}/virtualmachineinstances/${name}/guestosinfo`);
  const answer = await until("the agent", () =>
    lab.control
      .objects("vmi")
      .find((one) => one.metadata.name === "agent" && JSON.stringify(one).includes("AgentConnected")),
  ).then(() => ask("agent"));
  expect(textAt(answer.body, "os", "prettyName")).toBe("Debian GNU/Linux 13 (trixie)");
  const missing = await ask("zzz");
  expect(missing).toMatchObject({ code: 500, text: 'virtualmachineinstance.kubevirt.io "zzz" not found' });
  expect(missing.headers["content-type"]).toContain("text/plain");
});

test("without virt-api subresources are unreachable and machine writes fail, while reads work", async () => {
  lab.control.faults.set({ virtApiDown: true });
  const start = await act("agent", "start");
  expect(start.code).toBe(503);
  expect(start.text).toContain("error trying to reach service: dial tcp ");
  const write = await applyMachine(lab, machineManifest("unborn"));
  expect(write).toMatchObject({ code: 500, body: { reason: "InternalError" } });
  expect(write.body["message"]).toContain(
    'failed calling webhook "virtualmachines-mutator.kubevirt.io": failed to call webhook: Post',
  );
  expect((await callLab(lab, "GET", "/apis/kubevirt.io/v1/virtualmachines")).code).toBe(200);
});
