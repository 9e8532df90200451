import { z } from "zod";
import { connectToCluster, type ClusterClient } from "@/lib/adapters/kubevirt/client";
import type { ClusterConnection } from "@/lib/adapters/kubevirt/kubeconfig";
import { listenForChanges } from "@/lib/core/changes";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { credentialBinding } from "./seal-connection";

/** What sealConnection sealed; checked again, because a database is no guarantee. */
export const storedConnection = z.strictObject({
  server: z.string().startsWith("https://"),
  caData: z.string(),
  auth: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("token"), token: z.string() }),
    z.strictObject({ kind: z.literal("certificate"), certificate: z.string(), key: z.string() }),
  ]),
  namespace: z.string().exactOptional(),
  contextName: z.string(),
});

interface Known {
  rotatedAt: number;
  connection: ClusterConnection;
  client: ClusterClient;
  /** Until then the row need not be read again; a notice of change ends it earlier. */
  trustedUntil: number;
}

const trustMs = 60_000;
/** Calls under way may end on the connections they began on. */
const closeAfterMs = 30_000;

const known = new Map<string, Known>();
const clusterIds = new WeakMap<ClusterClient, string>();
let stopListening: (() => void) | undefined;

/** One client per cluster and credential in this process; worker and console only, the web process cannot open it. */
export async function connectCluster(clusterId: string): Promise<ClusterClient> {
  return (await openCluster(clusterId)).client;
}

/** The opened credential itself, for a console's own stream. */
export async function openClusterConnection(clusterId: string): Promise<ClusterConnection> {
  return (await openCluster(clusterId)).connection;
}

/** Which registered cluster a client speaks to; undefined for one that connectCluster did not make. */
export function clusterOf(client: ClusterClient): string | undefined {
  return clusterIds.get(client);
}

export function closeClusterConnections(): void {
  stopListening?.();
  stopListening = undefined;
  for (const { client } of known.values()) client.close();
  known.clear();
}

async function openCluster(clusterId: string): Promise<Known> {
  stopListening ??= listenForChanges(
    ({ kind, id }) => {
      if (kind === "cluster") distrust(known.get(id));
    },
    () => known.forEach(distrust),
  );
  const held = known.get(clusterId);
  if (held !== undefined && held.trustedUntil > performance.now()) return held;

  const trustedUntil = performance.now() + trustMs;
  const rotatedAt = await readRotation(clusterId);
  if (rotatedAt === null) {
    forget(clusterId);
    throw new AppError("RESOURCE_NOT_FOUND", { object: "cluster", id: clusterId });
  }
  if (held !== undefined && held.rotatedAt === rotatedAt) {
    held.trustedUntil = trustedUntil;
    return held;
  }
  const connection = await readConnection(clusterId);
  const opened = { rotatedAt, connection, client: connectToCluster(connection), trustedUntil };
  forget(clusterId);
  known.set(clusterId, opened);
  clusterIds.set(opened.client, clusterId);
  return opened;
}

function distrust(entry: Known | undefined): void {
  if (entry !== undefined) entry.trustedUntil = 0;
}

function forget(clusterId: string): void {
  const former = known.get(clusterId);
  known.delete(clusterId);
  if (former !== undefined) setTimeout(() => former.client.close(), closeAfterMs).unref();
}

async function readRotation(clusterId: string): Promise<number | null> {
  const row = await db().clusterCredential.findUnique({ where: { clusterId }, select: { rotatedAt: true } });
  return row?.rotatedAt.getTime() ?? null;
}

async function readConnection(clusterId: string): Promise<ClusterConnection> {
  const row = await db().clusterCredential.findUniqueOrThrow({
    where: { clusterId },
    select: { envelope: true },
  });
  const text = await openFor("cluster", envelope.parse(row.envelope), credentialBinding(clusterId));
  return storedConnection.parse(JSON.parse(text));
}
