import type { Prisma } from "@/prisma/generated/client";
import type { ClusterCapabilities } from "@/lib/adapters/kubevirt/capabilities";
import type { Context } from "@/lib/core/context";
import { openEvent } from "@/lib/core/events";
import { canonicalJson } from "@/lib/core/ids";
import { canMove } from "@/lib/core/state-machine";
import type { Tx } from "@/lib/core/transaction";
import type { Findings } from "./look-at-cluster";
import { clusterMachine } from "./machine";
import { pickDefaultClass } from "./rules";
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
  if (findings.capabilities === null) return;
  await recordCapabilities(tx, saved, { ...findings, capabilities: findings.capabilities });
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
  saved: SavedCluster,
  { capabilities, missing }: Findings & { capabilities: ClusterCapabilities },
): Promise<void> {
  const { kubevirt, kubernetesVersion, features } = capabilities;
  const found = {
    kubernetesVersion,
    kubevirtVersion: kubevirt?.version ?? null,
    kubevirtApiGroup: kubevirt?.apiGroupVersion ?? null,
    enabledFeatures: features,
    detectedCapabilities: detectedPart(capabilities),
    missingPermissions: missing,
  };
  const changed = Object.fromEntries(
    Object.entries(found).filter(([key, value]) => differs(saved.columns[key], value)),
  );
  await tx.cluster.update({
    where: { id: saved.id },
    data: { ...changed, ...storagePart(saved, capabilities), capabilitiesDetectedAt: new Date() },
    select: { id: true },
  });
}

/** A class list that could not be read is not an empty one. */
function storagePart(saved: SavedCluster, { storageClasses, partial }: ClusterCapabilities) {
  if (partial.some((what) => what.startsWith("storageclasses"))) return {};
  const chosen = pickDefaultClass(saved.defaultStorageClass, storageClasses);
  return {
    storageClassesUpdatedAt: new Date(),
    ...(differs(saved.columns["storageClasses"], storageClasses)
      ? { storageClasses: asJson(storageClasses) }
      : {}),
    ...(chosen === saved.defaultStorageClass ? {} : { defaultStorageClass: chosen }),
  };
}

function detectedPart(capabilities: ClusterCapabilities) {
  const { gpuDevices, hugepages, sriovNetworks, nodes, cdi, snapshots, partial } = capabilities;
  return { gpuDevices, hugepages, sriovNetworks, nodes: nodes.slice(0, nodesMax), cdi, snapshots, partial };
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
  await openEvent(tx, ctx, {
    type: "ClusterKubeVirtVersionChanged",
    aggregate: { type: "cluster", id: saved.id },
    payload: { from: former, to: version },
    status: "COMPLETED",
  });
}
