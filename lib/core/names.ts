import { AppError } from "./errors";

/** RFC 1035 label without double hyphens (spec §8). */
export const namePattern = /^[a-z](?:[a-z0-9]|-[a-z0-9])*$/;
export const nameLengthMax = 15;
const vmNameLengthMax = 50;

/** Prefixes no name may start with, beside the configurable list of whole names. */
const reservedPrefixes = ["kube-", "kubevirt-shepherd-"];

export function isReservedName(name: string, reserved: readonly string[]): boolean {
  return reserved.includes(name) || reservedPrefixes.some((prefix) => name.startsWith(prefix));
}

/** `{namespace}-{system}-{service}-{NN}`; VM_NAME_TOO_LONG past 50 characters (spec §8). */
export function vmName(parts: { namespace: string; system: string; service: string; index: number }): string {
  const name = `${parts.namespace}-${parts.system}-${parts.service}-${instanceNumber(parts.index)}`;
  if (name.length > vmNameLengthMax) {
    throw new AppError("VM_NAME_TOO_LONG", { name, lengthMax: vmNameLengthMax });
  }
  return name;
}

export function instanceNumber(index: number): string {
  return String(index).padStart(2, "0");
}
