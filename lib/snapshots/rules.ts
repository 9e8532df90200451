import { AppError } from "@/lib/core/errors";
import type { SnapshotAbility } from "./schema";

const savedStates = ["RUNNING", "STOPPED", "PAUSED"];

const moveOf = { CREATE_SNAPSHOT: "snapshot", RESTORE_SNAPSHOT: "restore", CLONE_VM: "clone" } as const;

/** @throws INVALID_STATE: what moves cannot be saved, and only what is stopped goes back */
export function requireFittingState(status: string, operation: keyof typeof moveOf): void {
  const isRestoring = operation === "RESTORE_SNAPSHOT";
  if (isRestoring ? status === "STOPPED" : savedStates.includes(status)) return;
  throw new AppError("INVALID_STATE", { object: "vm", state: status, move: moveOf[operation] });
}

export interface StorageFacts {
  /** The cluster serves both snapshot interfaces; null where nobody has looked. */
  hasService: boolean | null;
  classes: { name: string; isDefault: boolean; snapshotClass?: string | null }[];
  /** Of the machine's disk; null where it was left to the cluster. */
  storageClass: string | null;
}

/** What is not known is left to the cluster to refuse. */
export function judgeAbility({ hasService, classes, storageClass }: StorageFacts): SnapshotAbility {
  if (hasService === false) return { isAble: false, reason: "snapshots" };
  const used = classes.find(({ name, isDefault }) =>
    storageClass === null ? isDefault : name === storageClass,
  );
  if (used?.snapshotClass === null) return { isAble: false, reason: "snapshot_class" };
  return { isAble: true, reason: null };
}

export function requireAble({ isAble, reason }: SnapshotAbility): void {
  if (!isAble) throw new AppError("CAPABILITY_NOT_SUPPORTED", { capability: reason });
}

export function unknownSnapshot(): AppError {
  return new AppError("RESOURCE_NOT_FOUND", { resource: "snapshot" });
}
