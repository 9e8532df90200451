import { connectToCluster, type ClusterClient } from "@/lib/adapters/kubevirt/client";
import type { VirtualMachine } from "@/lib/adapters/kubevirt/types";
import { listVirtualMachines } from "@/lib/adapters/kubevirt/virtual-machines";
import { openClusterConnection } from "@/lib/clusters/connect-cluster";
import { db } from "@/lib/core/db";
import { labelPrefix, managedBy } from "@/lib/vms/render-vm";
import { labControl } from "@/e2e/lab/control-client";
import { violationsOf, type Violation } from "./violation";

type Row = { subject: string; why: string };
type Mirror = {
  id: string;
  name: string;
  namespace: string;
  ticketId: string | null;
  status: string;
  clusterStatus: string | null;
};

/** What only the clusters can say: one object per request, made once, and the same as the portal shows. */
export async function checkClusters(): Promise<Violation[]> {
  const clusters = await db().cluster.findMany({
    where: { enabled: true },
    select: { id: true, name: true },
  });
  const found = await Promise.all(clusters.map(({ id }) => checkCluster(id)));
  return found.flat();
}

async function checkCluster(clusterId: string): Promise<Violation[]> {
  const connection = await openClusterConnection(clusterId);
  const client = connectToCluster(connection);
  try {
    const objects = await listOurs(client);
    const mirror = await readMirror(clusterId);
    return [
      ...violationsOf("I1", findDoubled(objects)),
      ...violationsOf("I1", findMissing(mirror, objects)),
      ...violationsOf("I1", await findRepeatedCreates(connection)),
      ...violationsOf("I4", findDrift(mirror, objects)),
    ];
  } finally {
    client.close();
  }
}

async function listOurs(client: ClusterClient): Promise<VirtualMachine[]> {
  const labelSelector = `${labelPrefix}/managed-by=${managedBy}`;
  const objects: VirtualMachine[] = [];
  let from: string | undefined;
  do {
    const page = await listVirtualMachines(client, {
      labelSelector,
      limit: 500,
      ...(from ? { continue: from } : {}),
    });
    objects.push(...page.items);
    from = page.continue;
  } while (from !== undefined);
  return objects;
}

/** Machines at rest; whatever an operation works on may differ for a while. */
function readMirror(clusterId: string): Promise<Mirror[]> {
  return db().vm.findMany({
    where: { clusterId, activeEventId: null, status: { notIn: ["CREATING", "DELETING"] } },
    select: { id: true, name: true, namespace: true, ticketId: true, status: true, clusterStatus: true },
  });
}

function findDoubled(objects: VirtualMachine[]): Row[] {
  const byTicket = Map.groupBy(
    objects,
    (object) => object.metadata.labels[`${labelPrefix}/ticket-id`] ?? "none",
  );
  // An imported machine has no ticket.
  return [...byTicket]
    .filter(([ticketId, some]) => ticketId !== "none" && some.length > 1)
    .map(([ticketId, some]) => ({ subject: ticketId, why: `has ${some.length} machines in the cluster` }));
}

function findMissing(mirror: Mirror[], objects: VirtualMachine[]): Row[] {
  const present = new Set(objects.map(keyOfObject));
  return mirror
    .filter(({ status }) => status !== "NOT_FOUND" && status !== "FAILED")
    .filter(({ namespace, name }) => !present.has(`${namespace}/${name}`))
    .map(({ id, status }) => ({ subject: id, why: `is ${status} here and missing in the cluster` }));
}

function findDrift(mirror: Mirror[], objects: VirtualMachine[]): Row[] {
  const live = new Map(
    objects.map((object) => [keyOfObject(object), object.status?.printableStatus ?? null]),
  );
  return mirror
    .filter(({ namespace, name }) => live.has(`${namespace}/${name}`))
    .filter((vm) => live.get(`${vm.namespace}/${vm.name}`) !== vm.clusterStatus)
    .map((vm) => ({
      subject: vm.id,
      why: `shows ${vm.clusterStatus}, the cluster says ${live.get(`${vm.namespace}/${vm.name}`)}`,
    }));
}

/** A lab keeps a ledger of what was done to it; a real cluster has none, and is then not asked. */
async function findRepeatedCreates(
  connection: Awaited<ReturnType<typeof openClusterConnection>>,
): Promise<Row[]> {
  if (connection.auth.kind !== "token") return [];
  const caPem = Buffer.from(connection.caData, "base64").toString();
  const control = labControl({ url: connection.server, caPem, token: connection.auth.token });
  const ledger = await control.ledger().catch(() => []);
  const creates = ledger.filter(
    ({ kind, status, dryRun }) => kind === "virtualmachines" && status === 201 && !dryRun,
  );
  const deleted = new Set(
    ledger.filter(({ method, effective }) => method === "DELETE" && effective).map(({ name }) => name),
  );
  return [...Map.groupBy(creates, ({ namespace, name }) => `${namespace}/${name}`)]
    .filter(([, some]) => some.length > 1 && !deleted.has(some[0]?.name ?? ""))
    .map(([key, some]) => ({ subject: key, why: `was created ${some.length} times` }));
}

function keyOfObject({ metadata }: VirtualMachine): string {
  return `${metadata.namespace}/${metadata.name}`;
}
