import { z } from "zod";
import type { ClusterClient } from "@/lib/adapters/kubevirt/client";
import { ClusterFailure } from "@/lib/adapters/kubevirt/failures";
import { readWholeMachine } from "@/lib/adapters/kubevirt/machine-devices";
import { readInstanceRoom, readVolumeClaim } from "@/lib/adapters/kubevirt/modify-machines";
import { claimsOf, projectHardware, type ReadClaim } from "../hardware/project-hardware";
import type { Hardware } from "../hardware/schema";
import type { LiveMachine } from "./live/rules";
import { projectMachine, rootClaimOf } from "./project-machine";
import type { ModifiedVm } from "./find-modified-vm";

/** Disks beyond are shown without their claim. */
const claimsMax = 16;

const storageClasses = z
  .array(z.looseObject({ name: z.string(), allowVolumeExpansion: z.boolean() }))
  .catch([]);

type ReadMachine = LiveMachine & { hardware: Hardware };

/** The machine, its instance and its disks as the cluster has them now; null when it is not there. */
export async function readMachine(client: ClusterClient, vm: ModifiedVm): Promise<ReadMachine | null> {
  // In this order the machine's word is never older than its instance.
  const room = await readInstanceRoom(client, vm.namespace, vm.name);
  const whole = await readWholeMachine(client, vm.namespace, vm.name);
  if (whole === null) return null;
  const { machine } = whole;
  const rootClaim = rootClaimOf(machine);
  const claims = await readClaims(client, vm, [
    ...(rootClaim === null ? [] : [rootClaim]),
    ...claimsOf(whole),
  ]);
  const claim = rootClaim === null ? null : (claims.get(rootClaim) ?? null);
  const live = projectMachine({
    machine,
    room,
    claim,
    isExpandable: claim?.isExpandable ?? null,
    expandsDisksLive: vm.enabledFeatures.includes("ExpandDisks"),
  });
  const hardware = projectHardware({ whole, devices: room?.devices ?? null, claims, rootClaim });
  return { ...live, disks: otherDisksOf(hardware, claims), hardware };
}

function otherDisksOf(
  { disks }: Hardware,
  claims: ReadonlyMap<string, ReadClaim>,
): NonNullable<LiveMachine["disks"]> {
  return disks.flatMap(({ name: volume, isRoot, claim }) => {
    const read = claim?.name == null || isRoot ? undefined : claims.get(claim.name);
    if (claim === null || read === undefined) return [];
    const { name, resourceVersion, storageClass, isExpandable } = read;
    return [{ volume, name, resourceVersion, sizeGb: claim.requestedGb, storageClass, isExpandable }];
  });
}

async function readClaims(
  client: ClusterClient,
  vm: ModifiedVm,
  names: string[],
): Promise<Map<string, ReadClaim>> {
  const classes = storageClasses.parse(vm.storageClasses);
  const wanted = [...new Set(names)].slice(0, claimsMax);
  const read = await Promise.all(wanted.map((name) => readClaim(client, vm.namespace, name)));
  const known = read.flatMap((claim): [string, ReadClaim][] => {
    if (claim === null) return [];
    const found = classes.find((one) => one.name === claim.storageClass);
    return [[claim.name, { ...claim, isExpandable: found?.allowVolumeExpansion ?? null }]];
  });
  return new Map(known);
}

/** An account that may not read claims loses the disks and keeps the rest. */
async function readClaim(client: ClusterClient, namespace: string, name: string) {
  try {
    return await readVolumeClaim(client, namespace, name);
  } catch (error) {
    if (error instanceof ClusterFailure && error.status === 403) return null;
    throw error;
  }
}
