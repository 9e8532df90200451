import { z } from "zod";
import type { ClusterClient } from "./client";
import { findObject } from "./find-object";
import { describeDevices, type InstanceDevices } from "./machine-devices";
import { checkedName, virtualMachinePath } from "./paths";
import {
  objectMetadata,
  readAnswer,
  readJson,
  virtualMachineInstanceSchema,
  virtualMachineSchema,
  type VirtualMachine,
} from "./types";
import { fieldManager } from "./virtual-machines";

export interface MachineChange {
  namespace: string;
  name: string;
  /** The version that the change was computed from: an object changed since is a conflict. */
  resourceVersion: string;
  /** A merge patch of the spec. */
  spec: Record<string, unknown>;
}

/** Changes exactly what the patch names of exactly the version that was read; never forced. */
export async function patchVirtualMachine(
  client: ClusterClient,
  change: MachineChange,
  options: { dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<VirtualMachine> {
  const answer = await client.exchange({
    method: "PATCH",
    path: virtualMachinePath(change.namespace, change.name),
    query: { fieldManager, fieldValidation: "Strict", dryRun: options.dryRun ? "All" : undefined },
    headers: { "content-type": "application/merge-patch+json" },
    body: JSON.stringify({ metadata: { resourceVersion: change.resourceVersion }, spec: change.spec }),
    signal: options.signal,
  });
  return readAnswer(virtualMachineSchema, readJson(answer.body, true), true);
}

const amount = z
  .union([z.string().max(64), z.number()])
  .optional()
  .catch(undefined);
const count = z.number().int().min(0).optional().catch(undefined);

const instanceSchema = z.object({
  spec: z
    .object({
      domain: z.object({
        cpu: z.object({ sockets: count, maxSockets: count }).optional().catch(undefined),
        memory: z.object({ guest: amount, maxGuest: amount }).optional().catch(undefined),
      }),
    })
    .optional()
    .catch(undefined),
  status: z
    .object({ memory: z.object({ guestAtBoot: amount }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

/** What a running instance can take without a restart, in the cluster's own words. */
export interface InstanceRoom {
  phase: string;
  isMigratable: boolean;
  maxSockets: number | null;
  maxGuest: string | number | null;
  guestAtBoot: string | number | null;
  devices: InstanceDevices;
}

/** Null when the machine is not running. */
export async function readInstanceRoom(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<InstanceRoom | null> {
  const path = virtualMachinePath(namespace, name).replace("/virtualmachines/", "/virtualmachineinstances/");
  const object = await findObject(client, path);
  if (object === null) return null;
  const { status } = readAnswer(virtualMachineInstanceSchema, object);
  const { spec, status: more } = readAnswer(instanceSchema, object);
  const migratable = (status?.conditions ?? []).find(({ type }) => type === "LiveMigratable");
  return {
    phase: status?.phase ?? "",
    isMigratable: migratable?.status === "True",
    maxSockets: spec?.domain.cpu?.maxSockets ?? null,
    maxGuest: spec?.domain.memory?.maxGuest ?? null,
    guestAtBoot: more?.memory?.guestAtBoot ?? spec?.domain.memory?.guest ?? null,
    devices: describeDevices(object),
  };
}

const claimSchema = z.object({
  metadata: objectMetadata,
  spec: z.object({
    storageClassName: z.string().max(253).optional().catch(undefined),
    accessModes: z.array(z.string().max(40)).max(8).catch([]).default([]),
    volumeMode: z.string().max(40).optional().catch(undefined),
    resources: z
      .object({ requests: z.object({ storage: amount }) })
      .optional()
      .catch(undefined),
  }),
  status: z
    .object({ capacity: z.object({ storage: amount }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});

export interface VolumeClaim {
  name: string;
  resourceVersion: string;
  storageClass: string | null;
  accessModes: string[];
  volumeMode: string | null;
  requested: string | number;
  capacity: string | number | null;
}

/** Null when there is none. */
export async function readVolumeClaim(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<VolumeClaim | null> {
  const object = await findObject(client, claimPath(namespace, name));
  return object === null ? null : describe(object);
}

/** Kubernetes grows volumes and shrinks none; the same size twice changes nothing. */
export async function growVolumeClaim(
  client: ClusterClient,
  wanted: { namespace: string; name: string; resourceVersion: string; sizeGb: number },
  options: { dryRun?: boolean; signal?: AbortSignal } = {},
): Promise<VolumeClaim> {
  const answer = await client.exchange({
    method: "PATCH",
    path: claimPath(wanted.namespace, wanted.name),
    query: { fieldManager, fieldValidation: "Strict", dryRun: options.dryRun ? "All" : undefined },
    headers: { "content-type": "application/merge-patch+json" },
    body: JSON.stringify({
      metadata: { resourceVersion: wanted.resourceVersion },
      spec: { resources: { requests: { storage: `${wanted.sizeGb}Gi` } } },
    }),
    signal: options.signal,
  });
  return describe(readJson(answer.body, true));
}

function describe(object: unknown): VolumeClaim {
  const { metadata, spec, status } = readAnswer(claimSchema, object);
  return {
    name: metadata.name,
    resourceVersion: metadata.resourceVersion,
    storageClass: spec.storageClassName ?? null,
    accessModes: spec.accessModes,
    volumeMode: spec.volumeMode ?? null,
    requested: spec.resources?.requests.storage ?? 0,
    capacity: status?.capacity?.storage ?? null,
  };
}

function claimPath(namespace: string, name: string): string {
  return `/api/v1/namespaces/${checkedName(namespace)}/persistentvolumeclaims/${checkedName(name)}`;
}
