import { afterAll, beforeAll, expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster, type ClusterClient } from "./client";
import { parseKubeconfig } from "./kubeconfig";
import { missingPermissions } from "./permissions";
import { requiredRules } from "./required-rules";
import { missingRulesManifest, serviceAccountManifest } from "./service-account-manifest";

let lab: KubevirtLab;
let client: ClusterClient;

beforeAll(async () => {
  lab = await startKubevirtLab();
  client = connectToCluster(parseKubeconfig(lab.kubeconfig));
});

afterAll(async () => {
  client.close();
  await lab.stop();
});

test("an administrator's account lacks nothing", async () => {
  expect(await missingPermissions(client)).toEqual([]);
});

test("what an account may not do is listed rule by rule, with its purpose", async () => {
  lab.control.restrict(["create namespaces", "virtualmachines/start", "watch virtualmachines"]);
  const restricted = connectToCluster(parseKubeconfig(lab.restrictedKubeconfig));
  const missing = await missingPermissions(restricted, "team-a");
  restricted.close();
  const namespace = "team-a";
  expect(missing).toEqual([
    { apiGroup: "", resource: "namespaces", verb: "create", purpose: "namespaces" },
    {
      apiGroup: "kubevirt.io",
      resource: "virtualmachines",
      verb: "watch",
      purpose: "machines",
      namespace,
    },
    {
      apiGroup: "subresources.kubevirt.io",
      resource: "virtualmachines/start",
      verb: "update",
      purpose: "power",
      namespace,
    },
  ]);
});

test("the manifest grants exactly the required rules, to one account, without a wildcard", () => {
  const documents = parseAllDocuments(serviceAccountManifest()).map((document): unknown => document.toJS());
  expect(documents).toHaveLength(5);
  expect(documents[3]).toMatchObject({
    kind: "ClusterRole",
    rules: requiredRules.map(({ apiGroup, resources, verbs }) => ({
      apiGroups: [apiGroup],
      resources,
      verbs,
    })),
  });
  expect(documents[4]).toMatchObject({ subjects: [{ kind: "ServiceAccount", name: "kubevirt-shepherd" }] });
  expect(serviceAccountManifest()).not.toContain("*");
});

test("what is missing is granted by a role of its own, with these rules and no others", () => {
  const documents = parseAllDocuments(
    missingRulesManifest([
      { apiGroup: "", resource: "namespaces", verb: "get" },
      { apiGroup: "", resource: "namespaces", verb: "create" },
      { apiGroup: "cdi.kubevirt.io", resource: "datavolumes/source", verb: "create" },
    ]),
  ).map((document): unknown => document.toJS());
  expect(documents).toHaveLength(2);
  expect(documents[0]).toMatchObject({
    kind: "ClusterRole",
    metadata: { name: "kubevirt-shepherd-additions" },
    rules: [
      { apiGroups: [""], resources: ["namespaces"], verbs: ["get", "create"] },
      { apiGroups: ["cdi.kubevirt.io"], resources: ["datavolumes/source"], verbs: ["create"] },
    ],
  });
  expect(documents[1]).toMatchObject({
    kind: "ClusterRoleBinding",
    roleRef: { name: "kubevirt-shepherd-additions" },
    subjects: [{ kind: "ServiceAccount", name: "kubevirt-shepherd", namespace: "kubevirt-shepherd" }],
  });
});
