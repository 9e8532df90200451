import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { objectsAt, textAt, valueAt } from "./json";
import { actionsPath, callLab, machinesPath } from "./lab-client";
import type { KubevirtLab } from "./server";
import { startKubevirtLab } from "./server";

let lab: KubevirtLab;
beforeAll(async () => {
  lab = await startKubevirtLab({
    name: "east",
    kubevirtVersion: "v1.8.1",
    inventory: { featureGates: ["GPU"] },
  });
});
afterAll(() => lab.stop());
beforeEach(() => lab.control.restrict([]));

test("no token and a false one are 401", async () => {
  const answer = await callLab(lab, "GET", "/version", { token: "guess" });
  expect(answer).toMatchObject({
    code: 401,
    body: { kind: "Status", reason: "Unauthorized", message: "Unauthorized" },
  });
});

test("what a user may not do is 403 with the words of the API server", async () => {
  lab.control.restrict(["list virtualmachines", "update virtualmachines/start", "* nodes"]);
  const token = lab.restrictedToken;
  const listed = await callLab(lab, "GET", machinesPath, { token });
  expect(listed.body["message"]).toBe(
    'virtualmachines.kubevirt.io is forbidden: User "system:serviceaccount:team-a:restricted" cannot list resource "virtualmachines" in API group "kubevirt.io" in the namespace "default"',
  );
  const started = await callLab(lab, "PUT", `${actionsPath}/virtualmachines/x/start`, { token });
  expect(started.body["message"]).toContain(
    'virtualmachines.subresources.kubevirt.io "x" is forbidden: User "system:serviceaccount:team-a:restricted" cannot update resource "virtualmachines/start"',
  );
  expect((await callLab(lab, "GET", "/api/v1/nodes", { token })).code).toBe(403);
  expect((await callLab(lab, "GET", `${machinesPath}/x`, { token })).code).toBe(404);
  const review = {
    apiVersion: "authorization.k8s.io/v1",
    kind: "SelfSubjectAccessReview",
    spec: { resourceAttributes: { verb: "list", group: "", resource: "nodes" } },
  };
  const path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  expect(valueAt((await callLab(lab, "POST", path, { body: review, token })).body, "status", "allowed")).toBe(
    false,
  );
  expect(valueAt((await callLab(lab, "POST", path, { body: review })).body, "status", "allowed")).toBe(true);
});

test("discovery names groups, kinds and their subresources", async () => {
  const groups = objectsAt((await callLab(lab, "GET", "/apis")).body, "groups").map((group) => group["name"]);
  expect(groups).toEqual(
    expect.arrayContaining(["kubevirt.io", "cdi.kubevirt.io", "subresources.kubevirt.io", "k8s.cni.cncf.io"]),
  );
  const resources = objectsAt((await callLab(lab, "GET", "/apis/kubevirt.io/v1")).body, "resources");
  expect(resources.find((one) => one["name"] === "virtualmachines")).toMatchObject({
    shortNames: ["vm", "vms"],
    namespaced: true,
  });
  expect(resources.some((one) => one["name"] === "virtualmachineinstances/status")).toBe(false);
  expect((await callLab(lab, "GET", "/apis/nothing.example/v1/things")).code).toBe(404);
});

test("the cluster shows what can be detected of it", async () => {
  const kubevirt = objectsAt((await callLab(lab, "GET", "/apis/kubevirt.io/v1/kubevirts")).body, "items")[0];
  expect(textAt(kubevirt, "status", "observedKubeVirtVersion")).toBe("v1.8.1");
  expect(valueAt(kubevirt, "spec", "configuration", "developerConfiguration", "featureGates")).toEqual([
    "GPU",
  ]);
  const nodes = objectsAt((await callLab(lab, "GET", "/api/v1/nodes")).body, "items");
  expect(textAt(nodes[0], "status", "allocatable", "nvidia.com/GA102GL_A10")).toBe("2");
  expect(textAt(nodes[0], "status", "allocatable", "hugepages-1Gi")).toBe("16Gi");
  const classes = objectsAt(
    (await callLab(lab, "GET", "/apis/storage.k8s.io/v1/storageclasses")).body,
    "items",
  );
  expect(classes.map((one) => textAt(one, "metadata", "name"))).toEqual(["fast", "local", "standard"]);
  expect((await callLab(lab, "GET", "/apis/k8s.cni.cncf.io/v1/network-attachment-definitions")).code).toBe(
    200,
  );
});

test("the OpenAPI document is named by its hash and describes quantities", async () => {
  const index = (await callLab(lab, "GET", "/openapi/v3")).body;
  const path = textAt(index, "paths", "apis/kubevirt.io/v1", "serverRelativeURL") ?? "";
  const document = await callLab(lab, "GET", path);
  expect(document.headers["cache-control"]).toContain("immutable");
  const domain = [
    "spec",
    "properties",
    "template",
    "properties",
    "spec",
    "properties",
    "domain",
    "properties",
  ];
  const schema = ["components", "schemas", "io.kubevirt.v1.VirtualMachine", "properties", ...domain];
  expect(valueAt(document.body, ...schema, "cpu", "properties", "cores")).toMatchObject({
    type: "integer",
    format: "int32",
  });
  expect(valueAt(document.body, ...schema, "memory", "properties", "guest")).toMatchObject({
    "x-kubernetes-int-or-string": true,
    anyOf: [{ type: "integer" }, { type: "string" }],
  });
  expect(document.text).not.toContain("$ref");
  const unpinned = await callLab(lab, "GET", "/openapi/v3/apis/kubevirt.io/v1");
  expect(unpinned.headers["cache-control"]).toBe("no-cache");
  const etag = String(unpinned.headers["etag"]);
  expect(
    (await callLab(lab, "GET", "/openapi/v3/apis/kubevirt.io/v1", { headers: { "if-none-match": etag } }))
      .code,
  ).toBe(304);
});
