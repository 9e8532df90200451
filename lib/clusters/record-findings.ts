import type { Prisma } from "@/prisma/generated/client";
import type { ClusterCapabilities } from "@/lib/adapters/kubevirt/capabilities";
import type { Context } from "@/lib/core/context";
import { openEvent, spreadNews } from "@/lib/core/events";
import { canonicalJson } from "@/lib/core/ids";
import { enqueue } from "@/lib/core/jobs";
import { canMove } from "@/lib/core/state-machine";
import type { Tx } from "@/lib/core/transaction";
import type { Findings } from "./look-at-cluster";
import { capabilityParts, partsReadAt } from "./capacity/schema";
import { recordCheck } from "./health/record-check";
import { clusterMachine } from "./machine";
import { pickDefaultClass } from "./rules";
import { storedCapabilities } from "./schema";
import { lockSavedCluster, moveCluster, type SavedCluster } from "./store";

/** This many failures in a row open the breaker for a minute (spec §5.4). */
const breakerFailures = 5;
const breakerSeconds = 60;
const nodesMax = 1000;

/** A step: the status by its machine, and of the rest only what differs from the row. */
export async function recordFindings(
  tx: Tx,
  ctx: Context,
  { clusterId, findings }: { clusterId: string; findings: Findings },
): Promise<void> {
  const saved = await lockSavedCluster(tx, clusterId);
  if (saved === null) return;
  await recordHealth(tx, saved, findings);
  await recordCheck(tx, clusterId, findings);
  if (findings.capabilities === null) return;
  await recordCapabilities(tx, ctx, { ...findings, saved, capabilities: findings.capabilities });
  await announceVersion(tx, ctx, { saved, version: findings.capabilities.kubevirt?.version ?? null });
}

async function recordHealth(tx: Tx, saved: SavedCluster, findings: Findings): Promise<void> {
  const message = [findings.reason, findings.words].filter((part) => part !== null).join(": ") || null;
  if (canMove(clusterMachine, saved.status, findings.move)) await moveCluster(tx, saved, findings.move);
  const lost = findings.move === "lose";
  await tx.$executeRaw`
    UPDATE clusters SET last_checked_at = now(), status_message = ${message},
      last_healthy_at = CASE WHEN ${findings.move === "recover"} THEN now() ELSE last_healthy_at END,
      consecutive_failures = CASE WHEN ${lost} THEN consecutive_failures + 1 ELSE 0 END,
      breaker_open_until = CASE WHEN ${lost} AND consecutive_failures + 1 >= ${breakerFailures}
        THEN now() + make_interval(secs => ${breakerSeconds}) END
    WHERE id = ${saved.id}`;
}

async function recordCapabilities(
  tx: Tx,
  ctx: Context,
  { saved, capabilities, missing }: Findings & { saved: SavedCluster; capabilities: ClusterCapabilities },
): Promise<void> {
  const { kubevirt, kubernetesVersion, features } = capabilities;
  const found = {
    kubernetesVersion,
    kubevirtVersion: kubevirt?.version ?? null,
    kubevirtApiGroup: kubevirt?.apiGroupVersion ?? null,
    enabledFeatures: features,
    detectedCapabilities: detectedPart(saved, capabilities),
    missingPermissions: missing,
  };
  const changed = Object.fromEntries(
    Object.entries(found).filter(([key, value]) => differs(saved.columns[key], value)),
  );
  await tx.cluster.update({
    where: { id: saved.id },
    data: {
      ...changed,
      ...storagePart(saved, ctx, capabilities),
      capabilitiesDetectedAt: ctx.now,
      capabilitiesReadAt: agesOf(saved, ctx, capabilities),
    },
    select: { id: true },
  });
}

/** A class list that could not be read is not an empty one. */
function storagePart(saved: SavedCluster, ctx: Context, { storageClasses, unread }: ClusterCapabilities) {
  if (unread.includes("storageclasses")) return {};
  const chosen = pickDefaultClass(saved.defaultStorageClass, storageClasses);
  return {
    storageClassesUpdatedAt: ctx.now,
    ...(differs(saved.columns["storageClasses"], storageClasses)
      ? { storageClasses: asJson(storageClasses) }
      : {}),
    ...(chosen === saved.defaultStorageClass ? {} : { defaultStorageClass: chosen }),
  };
}

/** What the account may no longer read stays as it was last seen, with its own age beside it. */
function detectedPart(saved: SavedCluster, capabilities: ClusterCapabilities) {
  const { gpuDevices, hugepages, sriovNetworks, nodes, cdi, cdiVersion, snapshots, partial } = capabilities;
  const known = storedCapabilities
    .nullable()
    .catch(null)
    .parse(saved.columns["detectedCapabilities"] ?? null);
  const keeps = (list: string) => (capabilities.unread.includes(list) ? known : null);
  const hardware = keeps("nodes") ?? { gpuDevices, hugepages, nodes: nodes.slice(0, nodesMax) };
  return {
    gpuDevices: hardware.gpuDevices,
    hugepages: hardware.hugepages,
    nodes: hardware.nodes,
    sriovNetworks: (keeps("network-attachment-definitions") ?? { sriovNetworks }).sriovNetworks,
    ...{ cdi, snapshots, partial },
    cdiVersion: cdiVersion ?? keeps("cdis")?.cdiVersion ?? null,
    clusterUid: capabilities.clusterUid ?? known?.clusterUid ?? null,
    kubevirtPhase: capabilities.kubevirt?.phase ?? null,
  };
}

/** Which list each part comes from. */
const listOfPart = {
  kubevirt: "kubevirts",
  nodes: "nodes",
  networks: "network-attachment-definitions",
  storage: "storageclasses",
  snapshots: "volumesnapshotclasses",
  permissions: null,
} as const satisfies Record<(typeof capabilityParts)[number], string | null>;

function agesOf(saved: SavedCluster, ctx: Context, { unread }: ClusterCapabilities): Record<string, string> {
  const known = partsReadAt
    .nullable()
    .catch(null)
    .parse(saved.columns["capabilitiesReadAt"] ?? null);
  const ages = capabilityParts.flatMap((part): [string, string][] => {
    const list = listOfPart[part];
    const at = list !== null && unread.includes(list) ? known?.[part] : ctx.now;
    return at === undefined ? [] : [[part, at.toISOString()]];
  });
  return Object.fromEntries(ages);
}

function differs(saved: unknown, found: unknown): boolean {
  return canonicalJson(saved ?? null) !== canonicalJson(found ?? null);
}

/** Plain data of the adapter's own making, which is JSON. */
function asJson(value: unknown): Prisma.InputJsonValue {
  return value as Prisma.InputJsonValue;
}

async function announceVersion(
  tx: Tx,
  ctx: Context,
  { saved, version }: { saved: SavedCluster; version: string | null },
): Promise<void> {
  const former = saved.columns["kubevirtVersion"];
  if (typeof former !== "string" || version === null || former === version) return;
  const eventId = await openEvent(tx, ctx, {
    type: "ClusterKubeVirtVersionChanged",
    aggregate: { type: "cluster", id: saved.id },
    payload: { from: former, to: version },
    status: "COMPLETED",
  });
  await enqueue(tx, spreadNews, { eventId });
}
