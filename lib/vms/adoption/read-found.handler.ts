import type { Prisma } from "@/prisma/generated/client";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import {
  readExpandedSpec,
  readFoundMachine,
  type FoundMachine,
} from "@/lib/adapters/kubevirt/adopt-machines";
import { forbiddenFields } from "@/lib/catalog/forbidden-fields";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { hasInstancetype, manifestOf, projectMachine } from "./project-machine";
import type { StoredMachine } from "./schema";

/** What one job reads; the clock brings the rest. */
const batchMax = 200;
const forbiddenMax = 100;

interface Unread {
  id: string;
  namespace: string;
  resourceName: string;
  k8sUid: string;
}

/** Reads each machine found in the cluster by name, so that whoever decides sees what they decide on. */
export async function readFound({ clusterId }: { clusterId: string }): Promise<void> {
  const unread = await db().$queryRaw<Unread[]>`
    SELECT id, namespace, resource_name AS "resourceName", k8s_uid AS "k8sUid" FROM pending_adoptions
    WHERE cluster_id = ${clusterId} AND status = 'PENDING' AND resource_spec = 'null'::jsonb
    ORDER BY discovered_at LIMIT ${batchMax}`;
  if (unread.length === 0) return;
  const client = await connectCluster(clusterId);
  for (const one of unread) await readOne(client, one);
}

async function readOne(client: ClusterClient, one: Unread): Promise<void> {
  const place = { namespace: one.namespace, name: one.resourceName };
  const found = await readFoundMachine(client, place);
  if (found === null || found.uid !== one.k8sUid) {
    await db().pendingAdoption.updateMany({
      where: { id: one.id, status: "PENDING" },
      data: { status: "GONE" },
    });
    return;
  }
  const expanded = hasInstancetype(found.spec) ? await readExpandedSpec(client, place) : null;
  await db().pendingAdoption.updateMany({
    where: { id: one.id },
    data: {
      // Both are made of parsed JSON.
      resourceSpec: describe(found, expanded) as Prisma.InputJsonObject,
      labels: found.labels,
    },
  });
}

function describe(found: FoundMachine, expanded: Record<string, unknown> | null): StoredMachine {
  const forbidden = forbiddenFields(manifestOf(found)).slice(0, forbiddenMax);
  return { ...projectMachine(found, expanded), forbidden };
}
