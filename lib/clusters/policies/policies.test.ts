import { expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aKubeconfig } from "@/e2e/factories/kubeconfig";
import { anAdministrator } from "@/e2e/factories/person";
import { explainPermissions } from "@/lib/clusters/permissions/explain-permissions";
import { readCluster } from "@/lib/clusters/queries";
import { registerCluster } from "@/lib/clusters/register-cluster";
import { removeCluster } from "@/lib/clusters/remove-cluster";
import { updateCluster } from "@/lib/clusters/update-cluster";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { readPolicyReach } from "./queries";
import { openPolicy } from "./rules";

const given = async () => ({
  ...{ name: `c-${newId().slice(-8)}`, displayName: "One", environment: "test", schedulingWeight: 100 },
  kubeconfig: await aKubeconfig(),
});

test("the policy is chosen at registration: everything, by rules, or nothing ever", async () => {
  const ctx = await anAdministrator();
  const summaryOf = async (over: object) => {
    const { id } = await registerCluster(ctx, { ...(await given()), ...over });
    const { policySummary, policy } = await readCluster(ctx, id);
    return { policySummary, allowGpu: policy?.allowGpu ?? null };
  };
  expect(await summaryOf({})).toEqual({ policySummary: "OPEN", allowGpu: true });
  expect(await summaryOf({ placement: "none" })).toEqual({ policySummary: "MISSING", allowGpu: null });
  const policy = { ...openPolicy, allowGpu: false };
  expect(await summaryOf({ placement: "guarded", policy })).toEqual({
    policySummary: "GUARDED",
    allowGpu: false,
  });
  await expect(summaryOf({ placement: "guarded" })).rejects.toMatchObject({
    fields: [{ field: "policy", code: "required" }],
  });
});

test("each rule knows how many offered sizes and templates of the environment it speaks of", async () => {
  const ctx = await anAdministrator();
  const { id } = await aCluster({});
  const before = await readPolicyReach(ctx, id);
  const size = (name: string, over: object) =>
    db().instanceSize.create({
      data: {
        ...{ id: newId(), name: `${name}-${newId().slice(-6)}`, displayName: name, createdBy: "test" },
        ...{ cpuCores: 4, memoryGi: 8, catalogScope: "all" },
        ...over,
      },
      select: { id: true },
    });
  await size("gpu", { requiresGpu: true, gpuDevices: [{ name: "a", count: 1 }], cpuRequest: 2 });
  await size("huge", { requiresHugepages: true, hugepagesSize: "1Gi", catalogScope: "test" });
  await size("prod", { requiresGpu: true, gpuDevices: [{ name: "a", count: 1 }], catalogScope: "prod" });
  await size("old", { requiresGpu: true, gpuDevices: [{ name: "a", count: 1 }], deprecatedAt: new Date() });
  const after = await readPolicyReach(ctx, id);
  expect(after.sizes - before.sizes).toBe(2);
  expect(after.allowGpu - before.allowGpu).toBe(1);
  expect(after.allowCpuOvercommit - before.allowCpuOvercommit).toBe(1);
  expect((after.hugepagesSizes["1Gi"] ?? 0) - (before.hugepagesSizes["1Gi"] ?? 0)).toBe(1);
  expect(after.hugepagesSizes["2Mi"]).toBe(before.hugepagesSizes["2Mi"]);
});

test("the upload proxy is an https address and certificates, each change on record", async () => {
  const ctx = await anAdministrator();
  const { id } = await registerCluster(ctx, await given());
  const change = async (over: object) => {
    const { version } = await readCluster(ctx, id);
    return updateCluster(ctx, { clusterId: id, version, ...over });
  };
  await change({ uploadProxyUrl: "https://proxy.example:8443/" });
  expect((await readCluster(ctx, id)).uploadProxyUrl).toBe("https://proxy.example:8443");
  for (const url of ["http://proxy.example", "https://user:pw@proxy.example", "https://169.254.169.254"]) {
    await expect(change({ uploadProxyUrl: url })).rejects.toMatchObject({
      fields: [{ field: "uploadProxyUrl", code: "invalid_address" }],
    });
  }
  await expect(
    change({ uploadProxyCa: "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----" }),
  ).rejects.toMatchObject({ fields: [{ field: "uploadProxyCa", code: "invalid_certificate" }] });
  await change({ uploadProxyUrl: null });
  expect((await readCluster(ctx, id)).uploadProxyUrl).toBeNull();
  const records = await db().auditLog.findMany({
    where: { resourceId: id, action: "cluster.update" },
    orderBy: { createdAt: "asc" },
  });
  expect(records.map(({ details }) => details)).toMatchObject([
    { before: { uploadProxyUrl: null }, after: { uploadProxyUrl: "https://proxy.example:8443" } },
    { before: { uploadProxyUrl: "https://proxy.example:8443" }, after: { uploadProxyUrl: null } },
  ]);
});

test("an uploaded image keeps its cluster, and says so", async () => {
  const ctx = await anAdministrator();
  const { id, name } = await registerCluster(ctx, await given());
  await db().imageUpload.create({
    data: {
      ...{ id: newId(), clusterId: id, namespace: "images", name: "one", displayName: "One", fileName: "a" },
      ...{ format: "qcow2", sizeBytes: 1, diskGb: 1, fingerprint: "f", createdBy: "test" },
    },
    select: { id: true },
  });
  expect((await readCluster(ctx, id)).uploadCount).toBe(1);
  await expect(removeCluster(ctx, { clusterId: id, confirmName: name })).rejects.toMatchObject({
    code: "DELETE_RESTRICTED",
    params: { children: "uploads", childCount: 1 },
  });
});

test("missing rules are told by purpose, each with the manifest that adds them and no other", () => {
  const report = explainPermissions([
    {
      apiGroup: "upload.cdi.kubevirt.io",
      resource: "uploadtokenrequests",
      verb: "create",
      purpose: "uploads",
    },
    { apiGroup: "kubevirt.io", resource: "virtualmachines", verb: "patch", purpose: "machines" },
  ]);
  const lacking = report.purposes.filter(({ missing }) => missing.length > 0);
  expect(lacking.map(({ purpose, indispensable }) => [purpose, indispensable])).toEqual([
    ["machines", true],
    ["uploads", false],
  ]);
  expect(lacking[1]?.manifest).toContain("uploadtokenrequests");
  expect(lacking[1]?.manifest).not.toContain("virtualmachines");
  expect(report.missingManifest).toContain("patch");
  expect(explainPermissions([]).missingManifest).toBeNull();
});
