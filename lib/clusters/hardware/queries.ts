import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { storedCapabilities } from "../schema";

export interface ClusterHardware {
  id: string;
  name: string;
  displayName: string;
  kubevirtVersion: string | null;
  isReachable: boolean;
  /** Devices that KubeVirt permits there. */
  gpuDevices: string[];
  /** Network attachments as `namespace/name`. */
  sriovNetworks: string[];
}

const clustersMax = 200;

/** What a size can ask of the clusters, in one statement. */
export async function listHardware(ctx: Context): Promise<ClusterHardware[]> {
  await authorize(db(), ctx, "cluster:read");
  const rows = await db().cluster.findMany({
    orderBy: { name: "asc" },
    take: clustersMax,
    select: {
      ...{ id: true, name: true, displayName: true, kubevirtVersion: true, enabled: true, status: true },
      detectedCapabilities: true,
    },
  });
  return rows.map(({ detectedCapabilities, enabled, status, ...row }) => {
    const found = storedCapabilities.nullable().catch(null).parse(detectedCapabilities);
    return {
      ...row,
      isReachable: enabled && status === "HEALTHY",
      gpuDevices: (found?.gpuDevices ?? []).filter((one) => one.permitted).map((one) => one.resource),
      sriovNetworks: (found?.sriovNetworks ?? []).map((one) => `${one.namespace}/${one.name}`),
    };
  });
}
