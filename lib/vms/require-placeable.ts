import { listClusterFacts } from "@/lib/clusters/cluster-facts";
import type { Exclusion } from "@/lib/clusters/placement";
import { matchClusters } from "@/lib/clusters/rules";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { needOf } from "./placement/rules";
import type { VmBlueprint } from "./schema";

/**
 * The last look before a machine is made: what was approved must still be allowed there. A cluster that does not answer
 * is found out by asking it.
 * @throws CLUSTER_NOT_PLACEABLE for good; CLUSTER_MAINTENANCE while somebody works on the cluster
 */
export async function requirePlaceable(vm: {
  clusterId: string;
  environment: string;
  blueprint: VmBlueprint;
}): Promise<void> {
  const clusters = await listClusterFacts(db(), { clusterId: vm.clusterId });
  const [candidate] = matchClusters(needOf(vm.blueprint, { environment: vm.environment }), clusters);
  if (candidate === undefined) throw new AppError("ENVIRONMENT_MISMATCH", { clusterId: vm.clusterId });
  const lasting = candidate.exclusions.filter(({ code }) => code !== "ClusterUnavailable");
  if (lasting.length > 0) {
    throw new AppError("CLUSTER_NOT_PLACEABLE", { cluster: candidate.name, exclusions: lasting });
  }
  if (candidate.exclusions.some(isHeld))
    throw new AppError("CLUSTER_MAINTENANCE", { cluster: candidate.name });
}

function isHeld({ params }: Exclusion): boolean {
  return params.reason === "maintenance" || params.reason === "disabled";
}
