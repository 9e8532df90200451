import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject } from "../json";
import { textAt } from "../json";
import { callLab, conditionIn, machineManifest, until, watchLab } from "../lab-client";
import { asJson } from "../objects";
import type { KubevirtLab } from "../server";
import { startKubevirtLab } from "../server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  for (const name of ["images", "team-c"])
    lab.control.put({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
});
afterAll(() => lab.stop());

const pathIn = (namespace: string) => `/apis/cdi.kubevirt.io/v1beta1/namespaces/${namespace}/datavolumes`;
const rolesPath = "/apis/rbac.authorization.k8s.io/v1/namespaces/images";

function dataVolume(name: string, source: JsonObject, storage = "10Gi"): JsonObject {
  return {
    apiVersion: "cdi.kubevirt.io/v1beta1",
    kind: "DataVolume",
    metadata: { name },
    spec: { source, storage: { resources: { requests: { storage } } } },
  };
}

function find(name: string): JsonObject {
  const found = lab.control.objects("dv").find((one) => one.metadata.name === name);
  return found ? asJson(found) : {};
}

const create = (namespace: string, body: JsonObject, token = lab.token) =>
  callLab(lab, "POST", pathIn(namespace), { body, token });

const waitForPhase = (name: string, phase: string) =>
  until(`${name} to be ${phase}`, () => (textAt(find(name), "status", "phase") === phase ? true : undefined));

async function sequence(namespace: string, body: JsonObject): Promise<string[]> {
  const name = textAt(body, "metadata", "name") ?? "";
  const query = `watch=true&fieldSelector=metadata.name%3D${name}&resourceVersion=0`;
  const watch = await watchLab(lab, `${pathIn(namespace)}?${query}`);
  await create(namespace, body);
  await watch.waitFor((event) => textAt(event.object, "status", "phase") === "Succeeded");
  watch.close();
  const phases = watch.events.map((event) => textAt(event.object, "status", "phase") ?? "");
  return phases.filter((phase, index) => phase !== phases[index - 1]);
}

test("an image is imported in its phases, at the speed that is set", async () => {
  lab.control.imports.takeSeconds(6.2);
  const http = { url: "https://images.lab/debian.qcow2" };
  expect(await sequence("default", dataVolume("paced", { http }))).toEqual([
    "",
    "Pending",
    "ImportScheduled",
    "ImportInProgress",
    "Succeeded",
  ]);
  expect(find("paced")).toMatchObject({ status: { progress: "100.0%" } });
  lab.control.imports.takeSeconds(1.6);
});

test("a failing import says what CDI says, as often as it is told to, and then goes on", async () => {
  lab.control.imports.fail({ match: "absent.qcow2", times: 1 });
  await create("default", dataVolume("absent", { http: { url: "https://images.lab/absent.qcow2" } }));
  const condition = await until("the error", () => {
    const running = conditionIn(find("absent"), "Running");
    return running?.["reason"] === "Error" ? running : undefined;
  });
  expect(condition).toMatchObject({
    status: "False",
    message:
      "Unable to connect to http data source: expected status code 200, got 404. Status: 404 Not Found",
  });
  expect(find("absent")).toMatchObject({ status: { restartCount: 1, phase: "ImportInProgress" } });
  await waitForPhase("absent", "Succeeded");
});

test("a clone waits for its source and then copies it", async () => {
  const pvc = { namespace: "default", name: "later" };
  await create("default", dataVolume("copy", { pvc }));
  const bound = await until("the reason", () => conditionIn(find("copy"), "Bound"));
  expect(bound).toMatchObject({
    status: "Unknown",
    reason: "CloneWithoutSource",
    message: "The source pvc later doesn't exist",
  });
  expect(find("copy")).toMatchObject({ status: { phase: "Pending" } });
  expect(lab.control.objects("pvc").some((claim) => claim.metadata.name === "copy")).toBe(false);
  await create("default", dataVolume("later", { registry: { url: "docker://registry.lab/debian:13" } }));
  await waitForPhase("copy", "Succeeded");
  expect(conditionIn(find("copy"), "Running")).toMatchObject({ message: "Clone Complete" });
});

test("a clone shows its own phases, and is as large as its source where it says nothing", async () => {
  await create("images", dataVolume("golden", { blank: {} }, "7Gi"));
  await waitForPhase("golden", "Succeeded");
  const { spec, ...rest } = dataVolume("of-golden", { pvc: { namespace: "images", name: "golden" } });
  const body = { ...rest, spec: { source: { pvc: { namespace: "images", name: "golden" } }, storage: {} } };
  expect(spec).toBeDefined();
  expect(await sequence("default", body)).toEqual([
    "",
    "Pending",
    "CloneScheduled",
    "CloneInProgress",
    "Succeeded",
  ]);
  const claim = lab.control.objects("pvc").find((one) => one.metadata.name === "of-golden");
  expect(claim?.spec).toMatchObject({ resources: { requests: { storage: "7Gi" } } });
  const small = await create(
    "default",
    dataVolume("small", { pvc: { namespace: "images", name: "golden" } }, "1Gi"),
  );
  expect(small.code).toBe(422);
  expect(textAt(small.body, "message")).toBe(
    'admission webhook "datavolume-validate.cdi.kubevirt.io" denied the request: target resources requests storage size is smaller than the source',
  );
});

test("copying from another namespace takes a right there", async () => {
  lab.control.restrict(["create datavolumes/source", "create pods"]);
  const body = dataVolume("foreign", { pvc: { namespace: "images", name: "golden" } });
  const refused = await create("team-c", body, lab.restrictedToken);
  expect([refused.code, refused.body["reason"]]).toEqual([422, undefined]);
  expect(textAt(refused.body, "message")).toBe(
    'admission webhook "datavolume-mutate.cdi.kubevirt.io" denied the request: User system:serviceaccount:team-a:restricted has insufficient permissions in clone source namespace images',
  );
  lab.control.restrict([]);
  expect((await create("team-c", body, lab.restrictedToken)).code).toBe(201);
});

function cloningMachine(name: string): JsonObject {
  const template = {
    metadata: { name: `${name}-root` },
    spec: {
      source: { pvc: { namespace: "images", name: "golden" } },
      storage: { resources: { requests: { storage: "10Gi" } } },
    },
  };
  const manifest = machineManifest(name, {
    domain: { devices: { disks: [{ name: "root", disk: { bus: "virtio" } }] } },
    template: { volumes: [{ name: "root", dataVolume: { name: `${name}-root` } }] },
    spec: { dataVolumeTemplates: [template] },
  });
  return { ...manifest, metadata: { name, namespace: "team-c" } };
}

const machinesPath = "/apis/kubevirt.io/v1/namespaces/team-c/virtualmachines";

test("a machine's clone is asked for by its service account, which has only what a role gives it", async () => {
  const body = cloningMachine("clone-vm");
  const refused = await callLab(lab, "POST", `${machinesPath}?dryRun=All`, { body });
  expect(refused.code).toBe(422);
  expect(textAt(refused.body, "message")).toBe(
    'admission webhook "virtualmachine-validator.kubevirt.io" denied the request: Authorization failed, message is: User system:serviceaccount:team-c:default has insufficient permissions in clone source namespace images',
  );
  const rules = [{ apiGroups: ["cdi.kubevirt.io"], resources: ["datavolumes/source"], verbs: ["create"] }];
  const role = { metadata: { name: "clone-images" }, rules };
  lab.control.restrict(["create datavolumes/source"]);
  const escalating = await callLab(lab, "POST", `${rolesPath}/roles`, {
    body: role,
    token: lab.restrictedToken,
  });
  expect(escalating.code).toBe(403);
  expect(textAt(escalating.body, "message")).toContain(
    'attempting to grant RBAC permissions not currently held:\n{APIGroups:["cdi.kubevirt.io"], Resources:["datavolumes/source"], Verbs:["create"]}',
  );
  lab.control.restrict([]);
  expect((await callLab(lab, "POST", `${rolesPath}/roles`, { body: role })).code).toBe(201);
  const subjects = [{ kind: "Group", apiGroup: "rbac.authorization.k8s.io", name: "system:serviceaccounts" }];
  const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "clone-images" };
  const binding = { metadata: { name: "clone-images" }, subjects, roleRef };
  expect((await callLab(lab, "POST", `${rolesPath}/rolebindings`, { body: binding })).code).toBe(201);
  expect((await callLab(lab, "POST", machinesPath, { body })).code).toBe(201);
  await waitForPhase("clone-vm-root", "Succeeded");
});

test.each([
  [{ storage: { resources: { requests: { storage: "1Gi" } } } }, "either Source or SourceRef"],
  [{ source: {}, storage: { resources: { requests: { storage: "1Gi" } } } }, "Missing Data volume source"],
  [{ source: { blank: {} } }, "Missing Data volume PVC"],
  [{ source: { blank: {} }, storage: {} }, "Storage size is missing"],
  [
    { source: { blank: {}, upload: {} }, storage: { resources: { requests: { storage: "1Gi" } } } },
    "Multiple Data volume sources",
  ],
  [
    { source: { http: { url: "ftp://x/y" } }, storage: { resources: { requests: { storage: "1Gi" } } } },
    "Invalid source URL scheme: ftp://x/y",
  ],
])("CDI refuses %j", async (spec, words) => {
  const body = { ...dataVolume("odd", {}), spec };
  const answer = await create("default", body);
  expect(answer.code).toBe(422);
  expect(textAt(answer.body, "message")).toContain(words);
});

test("what a data volume is for cannot be changed", async () => {
  const live = await callLab(lab, "GET", `${pathIn("images")}/golden`);
  const spec = { source: { upload: {} }, storage: {} };
  const answer = await callLab(lab, "PUT", `${pathIn("images")}/golden`, { body: { ...live.body, spec } });
  expect(answer.code).toBe(422);
  expect(textAt(answer.body, "message")).toContain("Cannot update DataVolume Spec");
});
