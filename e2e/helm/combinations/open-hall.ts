import { readPlace } from "@/e2e/lab/kubevirt/inventories";
import { startKubevirtLab } from "@/e2e/lab/kubevirt/server";
import { connectToCluster, type ClusterClient } from "@/lib/adapters/kubevirt/client";
import { applyUploadVolume } from "@/lib/adapters/kubevirt/data-volumes";
import { shareVolumes } from "@/lib/adapters/kubevirt/image-sharing";
import { parseKubeconfig } from "@/lib/adapters/kubevirt/kubeconfig";
import { createNamespace } from "@/lib/adapters/kubevirt/namespaces";
import type { Hall } from "./sizes";

export interface OpenHall {
  client: ClusterClient;
  close: () => Promise<void>;
}

/** A cluster with its hardware, the machines' namespace, and an image that may be copied into it. */
export async function openHall(hall: Hall): Promise<OpenHall> {
  const lab = await startKubevirtLab({ ...readPlace(hall), clockSpeed: 50 });
  const client = connectToCluster(parseKubeconfig(lab.kubeconfig));
  for (const name of ["shop", "pictures"]) await createNamespace(client, { name });
  const golden = { namespace: "pictures", name: "golden", labels: {}, diskGb: 5 };
  await applyUploadVolume(client, { ...golden, storageClass: null, accessModes: [] });
  await shareVolumes(client, "pictures");
  const close = async () => {
    client.close();
    await lab.stop();
  };
  return { client, close };
}
