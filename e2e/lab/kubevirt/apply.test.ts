import { afterAll, beforeAll, expect, test } from "vitest";
import { objectsAt, textAt, valueAt } from "./json";
import { applyMachine, callLab, machineManifest, machinesPath } from "./lab-client";
import type { KubevirtLab } from "./server";
import { startKubevirtLab } from "./server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());

const halted = (name: string, domain = {}) =>
  machineManifest(name, { spec: { runStrategy: "Halted" }, domain });

test("creates with 201 and repeats with 200 without storing anything", async () => {
  const first = await applyMachine(lab, halted("again"));
  const version = textAt(
    lab.control.objects("vm").find((vm) => vm.metadata.name === "again")?.metadata,
    "uid",
  );
  const second = await applyMachine(lab, halted("again"));
  expect([first.code, second.code]).toEqual([201, 200]);
  expect(textAt(second.body, "metadata", "uid")).toBe(version);
  const [, repeated] = lab.control.ledger().filter((entry) => entry.name === "again");
  expect(repeated).toMatchObject({ effective: false, status: 200, fieldManager: "tester" });
});

test("is refused without a field manager", async () => {
  const answer = await applyMachine(lab, halted("nobody"), "");
  expect(answer.code).toBe(422);
  expect(answer.body["message"]).toBe(
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  );
});

test("names each field that another manager owns with another value", async () => {
  await applyMachine(lab, halted("owned"), "fieldManager=gov-app");
  const answer = await applyMachine(lab, halted("owned", { cpu: { cores: 4 } }), "fieldManager=other");
  expect(answer.code).toBe(409);
  expect(answer.body["reason"]).toBe("Conflict");
  expect(answer.body["message"]).toBe(
    'Apply failed with 1 conflict: conflict with "gov-app": .spec.template.spec.domain.cpu.cores',
  );
  expect(objectsAt(answer.body, "details", "causes")).toEqual([
    {
      reason: "FieldManagerConflict",
      message: 'conflict with "gov-app"',
      field: ".spec.template.spec.domain.cpu.cores",
    },
  ]);
});

test("takes ownership with force, and the field then belongs to the new manager only", async () => {
  await applyMachine(lab, halted("forced"), "fieldManager=first");
  const forced = await applyMachine(
    lab,
    halted("forced", { cpu: { cores: 8 } }),
    "fieldManager=second&force=true",
  );
  expect(forced.code).toBe(200);
  expect(valueAt(forced.body, "spec", "template", "spec", "domain", "cpu", "cores")).toBe(8);
  const back = await applyMachine(lab, halted("forced"), "fieldManager=first");
  expect(back.body["message"]).toContain('conflict with "second"');
});

test("lets two managers agree on a value", async () => {
  await applyMachine(lab, halted("shared"), "fieldManager=first");
  expect((await applyMachine(lab, halted("shared"), "fieldManager=second")).code).toBe(200);
});

test("removes a field that its only manager leaves out, and keeps one that another owns too", async () => {
  const labelled = { ...halted("pruned"), metadata: { name: "pruned", labels: { a: "1", b: "2" } } };
  await applyMachine(lab, labelled, "fieldManager=first");
  await applyMachine(
    lab,
    { ...halted("pruned"), metadata: { name: "pruned", labels: { b: "2" } } },
    "fieldManager=second",
  );
  const answer = await applyMachine(lab, halted("pruned"), "fieldManager=first");
  expect(valueAt(answer.body, "metadata", "labels")).toEqual({ b: "2" });
});

test("treats the list of disks as one value", async () => {
  const withDisk = (name: string) => ({
    ...machineManifest("atomic", {
      spec: { runStrategy: "Halted" },
      domain: { devices: { disks: [{ name, disk: { bus: "virtio" } }] } },
      template: { volumes: [{ name, emptyDisk: { capacity: "1Gi" } }] },
    }),
  });
  await applyMachine(lab, withDisk("a"), "fieldManager=first");
  const answer = await applyMachine(lab, withDisk("b"), "fieldManager=second");
  expect(answer.body["message"]).toBe(
    'Apply failed with 2 conflicts: conflicts with "first":\n- .spec.template.spec.domain.devices.disks\n- .spec.template.spec.volumes',
  );
});

test("answers unknown fields and wrong types with 500 and no reason", async () => {
  const unknown = await applyMachine(lab, halted("typo", { cpu: { coress: 2 } }));
  expect(unknown.code).toBe(500);
  expect(unknown.body["reason"]).toBeUndefined();
  expect(unknown.body["message"]).toBe(
    "failed to create typed patch object (default/typo; kubevirt.io/v1, Kind=VirtualMachine): .spec.template.spec.domain.cpu.coress: field not declared in schema",
  );
  const several = await applyMachine(lab, halted("typo", { cpu: { coress: 2, cores: "two" } }));
  expect(several.body["message"]).toContain(
    "errors:\n  .spec.template.spec.domain.cpu.coress: field not declared",
  );
  expect(several.body["message"]).toContain(
    "\n  .spec.template.spec.domain.cpu.cores: expected numeric (int or float), got string",
  );
});

test("accepts quantities as numbers and as text", async () => {
  const requests = { cpu: 1, memory: "512Mi" };
  expect((await applyMachine(lab, halted("quantity", { resources: { requests } }))).code).toBe(201);
});

test("stores nothing in a dry run", async () => {
  const answer = await applyMachine(lab, halted("dry"), "fieldManager=tester&dryRun=All");
  expect(answer.code).toBe(201);
  expect(textAt(answer.body, "spec", "template", "spec", "domain", "machine", "type")).toBe("q35");
  expect((await callLab(lab, "GET", `${machinesPath}/dry`)).code).toBe(404);
  expect(lab.control.ledger().at(-1)).toMatchObject({ name: "dry", dryRun: true, effective: false });
});

test("refuses another name than the address has, another kind and an unknown namespace", async () => {
  const type = "application/apply-patch+yaml";
  const other = await callLab(lab, "PATCH", `${machinesPath}/other?fieldManager=x`, {
    body: halted("vm3"),
    type,
  });
  expect(other.body["message"]).toBe(
    "the name of the object (vm3) does not match the name on the URL (other)",
  );
  const kind = await applyMachine(lab, { ...halted("vm3"), kind: "Pod" });
  expect(kind).toMatchObject({
    code: 400,
    body: { message: expect.stringContaining("invalid object type: ") },
  });
  const elsewhere = { ...halted("vm3"), metadata: { name: "vm3" } };
  const path = "/apis/kubevirt.io/v1/namespaces/nowhere/virtualmachines/vm3?fieldManager=x";
  const answer = await callLab(lab, "PATCH", path, { body: elsewhere, type });
  expect(answer).toMatchObject({ code: 404, body: { message: 'namespaces "nowhere" not found' } });
});

test("takes YAML", async () => {
  const body =
    "apiVersion: kubevirt.io/v1\nkind: VirtualMachine\nmetadata: {name: yaml}\nspec:\n  runStrategy: Halted\n  template: {spec: {domain: {devices: {}, memory: {guest: 1Gi}}}}\n";
  const answer = await callLab(lab, "PATCH", `${machinesPath}/yaml?fieldManager=x`, {
    body,
    type: "application/apply-patch+yaml",
  });
  expect(answer.code).toBe(201);
});
