import { afterAll, beforeAll, expect, test } from "vitest";
import { startKubevirtLab, type KubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster, type ClusterClient } from "./client";
import { applyUploadVolume } from "./data-volumes";
import { shareVolumes } from "./image-sharing";
import { parseKubeconfig } from "./kubeconfig";
import { createNamespace } from "./namespaces";
import type { VirtualMachineManifest } from "./types";
import { applyVirtualMachine } from "./virtual-machines";

let lab: KubevirtLab;
let client: ClusterClient;

beforeAll(async () => {
  lab = await startKubevirtLab({ clockSpeed: 50 });
  client = connectToCluster(parseKubeconfig(lab.kubeconfig));
});
afterAll(async () => {
  client.close();
  await lab.stop();
});

const machine: VirtualMachineManifest = {
  apiVersion: "kubevirt.io/v1",
  kind: "VirtualMachine",
  metadata: { name: "web", namespace: "default" },
  spec: {
    runStrategy: "Halted",
    dataVolumeTemplates: [
      {
        metadata: { name: "web-root" },
        spec: {
          source: { pvc: { namespace: "pictures", name: "ubuntu" } },
          storage: { resources: { requests: { storage: "20Gi" } } },
        },
      },
    ],
    template: {
      spec: {
        domain: { memory: { guest: "1Gi" }, devices: { disks: [{ name: "root", disk: { bus: "virtio" } }] } },
        volumes: [{ name: "root", dataVolume: { name: "web-root" } }],
      },
    },
  },
};

test("a machine of another namespace may clone an image once its namespace shares it, and saying so twice is one", async () => {
  await createNamespace(client, { name: "pictures" });
  const volume = { namespace: "pictures", name: "ubuntu", labels: {}, diskGb: 5, storageClass: null };
  await applyUploadVolume(client, { ...volume, accessModes: [] });
  const dryRun = () => applyVirtualMachine(client, machine, { dryRun: true });
  await expect(dryRun()).rejects.toThrowError(/insufficient permissions in clone source namespace pictures/);
  await shareVolumes(client, "pictures");
  await shareVolumes(client, "pictures");
  expect((await dryRun()).created).toBe(true);
});
