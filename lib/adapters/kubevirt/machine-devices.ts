import { z } from "zod";
import type { ClusterClient } from "./client";
import { cleanText } from "./failures";
import { findObject } from "./find-object";
import { virtualMachinePath } from "./paths";
import { readAnswer, virtualMachineSchema, type VirtualMachine } from "./types";

const listLengthMax = 64;

// Neither a database nor a terminal takes control characters by a cluster's words.
const plain = z
  .string()
  .max(253)
  .regex(/^\P{Cc}*$/u);
const word = plain.nullable().catch(null).default(null);
const sentence = z
  .string()
  .transform((text) => cleanText(text, 500))
  .nullable()
  .catch(null)
  .default(null);
const amount = z.number().min(0).nullable().catch(null).default(null);

/** Keeps the entries that fit, up to a number. */
function listOf<T extends z.ZodType>(schema: T) {
  return z
    .array(z.unknown())
    .transform((list) =>
      list.slice(0, listLengthMax).flatMap((one) => {
        const parsed = schema.safeParse(one);
        return parsed.success ? [parsed.data] : [];
      }),
    )
    .catch([])
    .default([]);
}

const instanceInterface = z.object({
  /** As the definition names it; an interface that only the guest knows has none. */
  name: word,
  interfaceName: word,
  ipAddress: word,
  ipAddresses: listOf(plain),
  mac: word,
  infoSource: word,
  linkState: word,
});

const instanceVolume = z.object({
  name: z.string().max(253),
  target: word,
  size: amount,
  phase: word,
  reason: word,
  message: sentence,
  hotplugVolume: z.unknown().optional(),
});

const devices = z.object({
  status: z
    .object({ interfaces: listOf(instanceInterface), volumeStatus: listOf(instanceVolume) })
    .catch({ interfaces: [], volumeStatus: [] })
    .default({ interfaces: [], volumeStatus: [] }),
});

/** What a running instance says of its disks and interfaces. */
export interface InstanceDevices {
  interfaces: z.output<typeof instanceInterface>[];
  volumes: z.output<typeof instanceVolume>[];
}

/** A part of the instance's object; whatever else it says is read elsewhere. */
export function describeDevices(instance: unknown): InstanceDevices {
  const { status } = readAnswer(devices, instance);
  return { interfaces: status.interfaces, volumes: status.volumeStatus };
}

const snapshotStatus = z.object({ name: z.string().max(253), enabled: z.boolean(), reason: sentence });
const snapshotStatuses = z.object({
  status: z
    .object({ volumeSnapshotStatuses: listOf(snapshotStatus) })
    .catch({ volumeSnapshotStatuses: [] })
    .default({ volumeSnapshotStatuses: [] }),
});

export interface WholeMachine {
  machine: VirtualMachine;
  /** Of each volume, whether the cluster can save it, and why not. */
  snapshotStatuses: z.output<typeof snapshotStatus>[];
  /** Everything, as the cluster sent it. */
  object: Record<string, unknown>;
}

/** The definition with what the cluster says of its volumes; null when there is none. */
export async function readWholeMachine(
  client: ClusterClient,
  namespace: string,
  name: string,
): Promise<WholeMachine | null> {
  const object = await findObject(client, virtualMachinePath(namespace, name));
  if (object === null) return null;
  return {
    machine: readAnswer(virtualMachineSchema, object),
    snapshotStatuses: readAnswer(snapshotStatuses, object).status.volumeSnapshotStatuses,
    object: readAnswer(z.record(z.string(), z.unknown()), object),
  };
}
