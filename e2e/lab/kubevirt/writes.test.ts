import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "./json";
import { objectAt, textAt, valueAt } from "./json";
import { callLab, machineManifest, machinesPath, until } from "./lab-client";
import type { KubevirtLab } from "./server";
import { startKubevirtLab } from "./server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());

const halted = (name: string) => machineManifest(name, { spec: { runStrategy: "Halted" } });
const post = (body: JsonObject, query = "") => callLab(lab, "POST", `${machinesPath}${query}`, { body });

test("POST creates once and then answers AlreadyExists", async () => {
  expect((await post(halted("posted"))).code).toBe(201);
  const again = await post(halted("posted"));
  expect(again).toMatchObject({ code: 409, body: { reason: "AlreadyExists" } });
  expect(again.body["message"]).toBe('virtualmachines.kubevirt.io "posted" already exists');
});

test("POST drops an unknown field with a warning, and refuses it when asked to be strict", async () => {
  const manifest = machineManifest("warned", { spec: { runStrategy: "Halted" }, domain: { cpuu: 1 } });
  const lenient = await post(manifest);
  expect(lenient.code).toBe(201);
  expect(lenient.headers["warning"]).toBe('299 - "unknown field \\"spec.template.spec.domain.cpuu\\""');
  expect(valueAt(lenient.body, "spec", "template", "spec", "domain", "cpuu")).toBeUndefined();
  const strict = await post({ ...manifest, metadata: { name: "strict" } }, "?fieldValidation=Strict");
  expect(strict.code).toBe(400);
  expect(strict.body["message"]).toContain(
    'strict decoding error: unknown field "spec.template.spec.domain.cpuu"',
  );
});

test("a schema violation is 422 with the field", async () => {
  const answer = await post({ ...halted("bare"), spec: { runStrategy: "Halted" } });
  expect(answer.code).toBe(422);
  expect(answer.body["message"]).toBe(
    'VirtualMachine.kubevirt.io "bare" is invalid: spec.template: Required value',
  );
  expect(valueAt(answer.body, "details", "causes")).toEqual([
    { reason: "FieldValueRequired", message: "Required value", field: "spec.template" },
  ]);
});

test("PUT needs the current resourceVersion", async () => {
  await post(halted("put"));
  await until(
    "the finalizer",
    () => lab.control.objects("vm").find((vm) => vm.metadata.name === "put")?.metadata.finalizers,
  );
  const { body } = await callLab(lab, "GET", `${machinesPath}/put`);
  const withVersion = (resourceVersion: string | undefined) => {
    const metadata = objectAt(body, "metadata");
    return callLab(lab, "PUT", `${machinesPath}/put`, {
      body: { ...body, metadata: { ...metadata, resourceVersion } },
    });
  };
  const old = await withVersion("1");
  expect(old.code).toBe(409);
  expect(old.body["message"]).toBe(
    'Operation cannot be fulfilled on virtualmachines.kubevirt.io "put": the object has been modified; please apply your changes to the latest version and try again',
  );
  const none = await withVersion(undefined);
  expect(none.code).toBe(422);
  expect(none.body["message"]).toContain(
    "metadata.resourceVersion: Invalid value: 0: must be specified for an update",
  );
});

test("merge and JSON patches work, and a strategic merge is 415", async () => {
  await post(halted("patched"));
  const path = `${machinesPath}/patched`;
  const merged = await callLab(lab, "PATCH", path, {
    body: { metadata: { labels: { tier: "web" } } },
    type: "application/merge-patch+json",
  });
  expect(textAt(merged.body, "metadata", "labels", "tier")).toBe("web");
  const operations = [
    { op: "test", path: "/metadata/labels/tier", value: "web" },
    { op: "replace", path: "/spec/template/spec/domain/cpu/cores", value: 4 },
  ];
  const patched = await callLab(lab, "PATCH", path, {
    body: operations,
    type: "application/json-patch+json",
  });
  expect(valueAt(patched.body, "spec", "template", "spec", "domain", "cpu", "cores")).toBe(4);
  const failed = await callLab(lab, "PATCH", path, {
    body: [{ op: "test", path: "/metadata/labels/tier", value: "db" }],
    type: "application/json-patch+json",
  });
  expect(failed).toMatchObject({ code: 422, body: { reason: "Invalid" } });
  const stale = await callLab(lab, "PATCH", path, {
    body: { metadata: { resourceVersion: "5", labels: { tier: "db" } } },
    type: "application/merge-patch+json",
  });
  expect(stale.code).toBe(409);
  const strategic = await callLab(lab, "PATCH", path, {
    body: {},
    type: "application/strategic-merge-patch+json",
  });
  expect(strategic.code).toBe(415);
  expect(strategic.body["message"]).toContain("accepted media types include: application/json-patch+json");
});

test("a namespace comes with its label and goes with what is in it", async () => {
  await callLab(lab, "POST", "/api/v1/namespaces", {
    body: { metadata: { name: "team-a" } },
  });
  const namespace = (await callLab(lab, "GET", "/api/v1/namespaces/team-a")).body;
  expect(textAt(namespace, "metadata", "labels", "kubernetes.io/metadata.name")).toBe("team-a");
  const manifest = { ...halted("inside"), metadata: { name: "inside" } };
  await callLab(lab, "POST", "/apis/kubevirt.io/v1/namespaces/team-a/virtualmachines", { body: manifest });
  const ending = await callLab(lab, "DELETE", "/api/v1/namespaces/team-a");
  expect(textAt(ending.body, "status", "phase")).toBe("Terminating");
  await until("the namespace to be gone", () =>
    lab.control.objects("ns").some((one) => one.metadata.name === "team-a") ? undefined : true,
  );
  expect(lab.control.objects("vm").some((vm) => vm.metadata.namespace === "team-a")).toBe(false);
});

test("deleting what is missing is 404, and a wrong uid in the preconditions is 409", async () => {
  expect((await callLab(lab, "DELETE", `${machinesPath}/missing`)).code).toBe(404);
  await post(halted("kept"));
  const answer = await callLab(lab, "DELETE", `${machinesPath}/kept`, {
    body: { preconditions: { uid: "not-this" } },
  });
  expect(answer.code).toBe(409);
});
