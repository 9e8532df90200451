import { afterAll, beforeAll, expect, test } from "vitest";
import { objectAt, textAt, valueAt } from "../json";
import {
  applyMachine,
  callLab,
  conditionIn,
  importingManifest,
  machineManifest,
  machinesPath,
  until,
  waitForStatus,
} from "../lab-client";
import { asJson } from "../objects";
import { startKubevirtLab, type KubevirtLab } from "../server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
});
afterAll(() => lab.stop());

const find = (kind: string, name: string) => {
  const found = lab.control.objects(kind).find((one) => one.metadata.name === name);
  return found ? asJson(found) : {};
};
const merge = (path: string, body: object) =>
  callLab(lab, "PATCH", `${path}?fieldManager=tester`, {
    body: JSON.parse(JSON.stringify(body)),
    type: "application/merge-patch+json",
  });
const domainPatch = (domain: object) => ({ spec: { template: { spec: { domain } } } });

async function running(name: string) {
  await applyMachine(
    lab,
    machineManifest(name, { domain: { cpu: { cores: 2, sockets: 1 }, memory: { guest: "2Gi" } } }),
  );
  await waitForStatus(lab, name, "Running");
}

test("a running instance says how far it may grow, and takes sockets and memory up to that", async () => {
  await running("grows");
  const domain = objectAt(find("vmi", "grows"), "spec", "domain");
  expect([valueAt(domain, "cpu", "maxSockets"), valueAt(domain, "memory", "maxGuest")]).toEqual([
    4,
    "8192Mi",
  ]);
  const uid = textAt(find("vmi", "grows"), "metadata", "uid");
  await merge(`${machinesPath}/grows`, domainPatch({ cpu: { sockets: 3 }, memory: { guest: "6Gi" } }));
  await until("the guest to have it", () =>
    textAt(find("vmi", "grows"), "status", "memory", "guestCurrent") === "6144Mi" ? true : undefined,
  );
  expect(valueAt(find("vmi", "grows"), "status", "currentCPUTopology", "cores")).toBe(6);
  expect(textAt(find("vmi", "grows"), "metadata", "uid")).toBe(uid);
  expect(conditionIn(find("vm", "grows"), "RestartRequired")).toBeUndefined();
});

test.each([
  ["fewer-sockets", { cpu: { sockets: 0 } }, "Reduction of CPU socket count requires a restart"],
  [
    "more-sockets",
    { cpu: { sockets: 9 } },
    "CPU sockets updated in template spec to a value higher than what's available",
  ],
  [
    "less-memory",
    { memory: { guest: "1Gi" } },
    "memory updated in template spec to a value lower than what the VM started with",
  ],
  [
    "more-memory",
    { memory: { guest: "64Gi" } },
    "memory updated in template spec to a value higher than what's available",
  ],
  ["other-cores", { cpu: { cores: 4 } }, "a non-live-updatable field was changed in the template spec"],
])("%s waits for a restart, and says why until another instance runs", async (name, change, words) => {
  await running(name);
  await merge(`${machinesPath}/${name}`, domainPatch(change));
  const condition = await until("the condition", () => conditionIn(find("vm", name), "RestartRequired"));
  expect(condition["message"]).toBe(words);
});

test("a merge patch of an older version is a conflict, and changes nothing", async () => {
  await running("raced");
  const { resourceVersion } = objectAt(find("vm", "raced"), "metadata");
  await merge(`${machinesPath}/raced`, { metadata: { labels: { touched: "yes" } } });
  const late = await merge(`${machinesPath}/raced`, {
    metadata: { resourceVersion },
    ...domainPatch({ cpu: { sockets: 2 } }),
  });
  expect([late.code, late.body["reason"]]).toEqual([409, "Conflict"]);
  expect(valueAt(find("vm", "raced"), "spec", "template", "spec", "domain", "cpu", "sockets")).toBe(1);
});

test("a claim grows where its class says so, and never shrinks", async () => {
  await applyMachine(lab, importingManifest("disk"));
  await waitForStatus(lab, "disk", "Running");
  const path = "/api/v1/namespaces/default/persistentvolumeclaims/disk-root";
  const size = (storage: string) => ({ spec: { resources: { requests: { storage } } } });
  expect((await merge(path, size("20Gi"))).code).toBe(200);
  await until("the capacity", () =>
    textAt(find("pvc", "disk-root"), "status", "capacity", "storage") === "20Gi" ? true : undefined,
  );
  const smaller = await merge(path, size("5Gi"));
  expect([smaller.code, smaller.body["message"]]).toEqual([
    422,
    'PersistentVolumeClaim "disk-root" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
  ]);
});

test("a list can be had without its contents", async () => {
  const accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  const list = await callLab(lab, "GET", machinesPath, { headers: { accept } });
  expect(list.body["kind"]).toBe("PartialObjectMetadataList");
  const [first] = Array.isArray(list.body["items"]) ? list.body["items"] : [];
  expect(Object.keys(objectAt(first))).toEqual(["kind", "apiVersion", "metadata"]);
});
