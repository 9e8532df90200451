import { Prisma } from "@/prisma/generated/client";
import { z } from "zod";
import type { Tx } from "@/lib/core/transaction";
import { nodeFacts, parsePolicy } from "./cluster-row";
import type { CapabilityFacts, ClusterFacts } from "./placement";
import { storageClass, storedCapabilities } from "./schema";

interface FactsRow {
  id: string;
  name: string;
  displayName: string;
  environment: string;
  status: string;
  enabled: boolean;
  maintenance: boolean;
  breakerOpen: boolean;
  weight: number;
  policy: unknown;
  capabilities: unknown;
  capabilitiesAgeHours: number | null;
  kubevirtVersion: string | null;
  storageClasses: unknown;
  defaultStorageClass: string | null;
  committed: unknown;
}

/** What matching reads of the clusters of an environment, or of one; a step, so that an approval reads what it locks. */
export async function listClusterFacts(
  tx: Tx,
  filter: { environment?: string; clusterId?: string },
): Promise<ClusterFacts[]> {
  const { environment, clusterId } = filter;
  const rows = await tx.$queryRaw<FactsRow[]>`
    SELECT c.id, c.name, c.display_name AS "displayName", c.environment, c.status, c.enabled, c.maintenance,
      coalesce(c.breaker_open_until > now(), false) AS "breakerOpen", c.scheduling_weight AS weight,
      (SELECT to_jsonb(p) FROM cluster_policies p WHERE p.cluster_id = c.id) AS policy,
      c.detected_capabilities AS capabilities,
      (extract(epoch FROM now() - c.capabilities_detected_at) / 3600)::float8 AS "capabilitiesAgeHours",
      c.kubevirt_version AS "kubevirtVersion", c.storage_classes AS "storageClasses", c.default_storage_class AS "defaultStorageClass",
      (SELECT jsonb_build_object('cpuCores', coalesce(sum(v.cpu_cores), 0), 'memoryGi', coalesce(sum(v.memory_gi), 0))
        FROM vms v WHERE v.cluster_id = c.id) AS committed
    FROM clusters c
    WHERE ${environment === undefined ? Prisma.sql`TRUE` : Prisma.sql`c.environment = ${environment}`}
      AND ${clusterId === undefined ? Prisma.sql`TRUE` : Prisma.sql`c.id = ${clusterId}`}
    ORDER BY c.name`;
  return rows.map(parseFacts);
}

const sums = z.object({ cpuCores: z.number(), memoryGi: z.number() });

function parseFacts({ kubevirtVersion, ...row }: FactsRow): ClusterFacts {
  const stored = storedCapabilities.nullable().catch(null).parse(row.capabilities);
  return {
    ...row,
    policy: parsePolicy(row.policy),
    capabilities: stored === null ? null : capabilityFacts(stored),
    kubevirtMinor: minorOf(kubevirtVersion),
    storageClasses: storageClass
      .array()
      .catch([])
      .parse(row.storageClasses)
      .map(({ name, propertySets, accessModes = [], volumeMode }) => ({
        name,
        // What was read before profiles were kept whole has the best of them alone.
        propertySets: propertySets ?? (accessModes.length > 0 ? [{ accessModes, volumeMode }] : []),
      })),
    committed: sums.parse(row.committed),
  };
}

function capabilityFacts(stored: z.output<typeof storedCapabilities>): CapabilityFacts {
  return {
    // A device that KubeVirt does not permit never starts a machine, however many of it there are.
    gpuDevices: stored.gpuDevices.filter(({ permitted }) => permitted),
    hugepages: stored.hugepages,
    sriovNetworks: stored.sriovNetworks.map(({ namespace, name }) => `${namespace}/${name}`),
    nodes: nodeFacts(stored.nodes),
    cdi: stored.cdi,
    snapshots: stored.snapshots,
  };
}

/** v1.5.3 → 1.5 */
export function minorOf(version: string | null): string | null {
  return /^v?(\d+\.\d+)(?:\.|$)/.exec(version ?? "")?.[1] ?? null;
}
