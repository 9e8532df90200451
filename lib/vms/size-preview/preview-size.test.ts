import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import { aCluster } from "@/e2e/factories/cluster";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { createSizeInput, updateSizeInput } from "@/lib/catalog/sizes/schema";
import { checkCluster } from "@/lib/clusters/check-cluster.handler";
import { closeClusterConnections } from "@/lib/clusters/connect-cluster";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { startWorker } from "@/lib/processes/start-worker";
import { previewSize, previewSizeChange } from "./preview-size";
import { previewSizeInput } from "./schema";

let lab: KubevirtLab;
let worker: { stop: () => Promise<void> };
let clusterId: string;
let administrator: Context;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 20 });
  worker = await startWorker();
  administrator = await anAdministrator();
  clusterId = (await aCluster({ kubeconfig: lab.kubeconfig })).id;
  await checkCluster({ clusterId });
});

afterAll(async () => {
  await worker.stop();
  closeClusterConnections();
  await lab.stop();
});

const pod = "spec.template.spec";
const ask = (over: object = {}, target: object = {}) =>
  previewSize(
    administrator,
    previewSizeInput.parse({
      size: createSizeInput.parse({
        name: `size-${newId().slice(-8)}`,
        displayName: "Size",
        cpuCores: 2,
        memoryGi: 4,
        ...over,
      }),
      ...target,
    }),
  );

describe("a preview of a size", () => {
  test("renders the machine, names the clusters it fits and has one of them admit it; nothing is stored", async () => {
    const before = await db().instanceSize.count();
    lab.control.clearLedger();

    const preview = await ask(
      { specOverrides: { [`${pod}.domain.cpu.model`]: "host-passthrough" } },
      { clusterId, templateId: (await aTemplate()).id },
    );

    expect(preview).toMatchObject({ valid: true, problems: [], warnings: [] });
    expect(parse(preview.renderedYaml ?? "")).toEqual(preview.renderedPreview);
    expect(preview.renderedPreview).toMatchObject({
      kind: "VirtualMachine",
      spec: { template: { spec: { domain: { cpu: { cores: 2, model: "host-passthrough" } } } } },
    });
    expect(preview.compatibleClusters.find((one) => one.clusterId === clusterId)).toMatchObject({
      eligible: true,
      environment: "test",
      exclusions: [],
    });
    expect(preview.clusterValidation).toMatchObject({ clusterId, result: "accepted", notChecked: null });
    expect(preview.clusterValidation?.kubevirtVersion).toMatch(/^v?1\./);
    expect(await db().instanceSize.count()).toBe(before);
    expect(lab.control.ledger().filter(({ effective }) => effective)).toEqual([]);
  });

  test("a device that no cluster has is a reason, not an error", async () => {
    const preview = await ask({ gpuDevices: [{ name: "vendor.example/H900", count: 2 }] });

    expect(preview.valid).toBe(true);
    const cluster = preview.compatibleClusters.find((one) => one.clusterId === clusterId);
    expect(cluster).toMatchObject({ eligible: false });
    expect(cluster?.exclusions[0]).toMatchObject({ code: "CapabilityMismatch" });
    expect(preview.clusterValidation).toBeNull();
  });

  test("derives what the overrides say, and lists every problem at once", async () => {
    const preview = await ask(
      {
        minDiskGb: 200,
        cpuRequest: 1,
        specOverrides: { [`${pod}.domain.cpu.dedicatedCpuPlacement`]: true },
      },
      { clusterId },
    );

    expect(preview.valid).toBe(false);
    expect(preview.derived).toMatchObject({ dedicatedCpu: true });
    expect(preview.problems.map(({ code, field }) => [code, field])).toEqual([
      ["DEDICATED_CPU_OVERCOMMIT", "cpuRequest"],
      ["VALIDATION_FAILED", "minDiskGb"],
    ]);
    expect(preview.clusterValidation).toMatchObject({
      result: "not_checked",
      notChecked: "DEDICATED_CPU_OVERCOMMIT",
    });
  });

  test("what is forbidden is neither rendered nor sent", async () => {
    const preview = await ask(
      { specOverrides: { [`${pod}.nodeSelector`]: { pool: "gold" } } },
      { clusterId },
    );

    expect(preview).toMatchObject({ valid: false, renderedYaml: null, compatibleClusters: [] });
    expect(preview.problems).toMatchObject([{ code: "FORBIDDEN_FIELD", reason: "placement" }]);
    expect(preview.clusterValidation).toMatchObject({ result: "not_checked", notChecked: "FORBIDDEN_FIELD" });
  });

  test("what the cluster's admission refuses comes in its own words", async () => {
    const preview = await ask(
      { specOverrides: { [`${pod}.domain.cpu.isolateEmulatorThread`]: true } },
      { clusterId },
    );

    expect(preview).toMatchObject({ valid: true, clusterValidation: { result: "refused" } });
    expect(preview.clusterValidation?.causes).toMatchObject([
      { field: "spec.template.spec.domain.cpu.isolateEmulatorThread" },
    ]);
  });

  test("less set aside than promised is said where production may take it", async () => {
    const codes = async (catalogScope: string) =>
      (await ask({ cpuRequest: 1, catalogScope })).warnings.map(({ code }) => code);

    expect(await codes("prod")).toEqual(["OVERCOMMIT_IN_PROD"]);
    expect(await codes("all")).toEqual(["OVERCOMMIT_IN_PROD"]);
    expect(await codes("test")).toEqual([]);
  });

  test("a cluster that does not answer is not checked, and says so", async () => {
    const away = await aCluster();

    expect((await ask({}, { clusterId: away.id })).clusterValidation).toMatchObject({
      result: "not_checked",
    });
    expect((await ask({}, { clusterId: "nowhere" })).clusterValidation).toMatchObject({
      result: "not_checked",
      notChecked: "RESOURCE_NOT_FOUND",
    });
  });

  test("a change is previewed on what is stored, at the version that was read", async () => {
    const { id } = await aSize();
    const { name } = await db().instanceSize.findUniqueOrThrow({ where: { id } });
    const change = (over: object) =>
      previewSizeChange(administrator, {
        change: updateSizeInput.parse({ name, version: 1, ...over }),
        clusterId: null,
      });

    expect((await change({ memoryGi: 8 })).renderedYaml).toContain("guest: 8Gi");
    await expect(change({ version: 2 })).rejects.toMatchObject({ code: "CONFLICT" });
    expect((await db().instanceSize.findUniqueOrThrow({ where: { id } })).version).toBe(1);
  });

  test("takes the permission to write", async () => {
    const developer = await aPerson("role-development-engineer");
    const input = previewSizeInput.parse({
      size: { name: "a", displayName: "A", cpuCores: 1, memoryGi: 1 },
    });

    await expect(previewSize(developer, input)).rejects.toMatchObject({
      params: { permission: "instance_size:write" },
    });
  });
});
