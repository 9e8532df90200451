import type { VmSymptoms, VolumeTrouble } from "./symptoms/schema";

/** What a cluster says of one VM, reduced to what the portal keeps. */
export interface VmObservation {
  clusterId: string;
  /** The machine's definition, its running instance, or the volume its disk is filled through. */
  kind: ObservedKind;
  namespace: string;
  name: string;
  uid: string;
  resourceVersion: string;
  deleted: boolean;
  /** Of a machine read by name after its instance: nothing newer is known. */
  isFresh?: true;
  /** The cluster has begun to remove it. */
  terminating: boolean;
  printableStatus?: string;
  ready?: boolean;
  runStrategy?: string;
  /** Of the instance: Pending, Scheduling, Scheduled, Running, Succeeded, Failed. */
  phase?: string;
  conditions: ObservedCondition[];
  ip?: string;
  ips?: string[];
  node?: string;
  osInfo?: { name?: string; version?: string; hostname?: string };
  restartRequired?: boolean;
  startFailure?: NonNullable<VmSymptoms["startFailure"]>;
  /** Of what is being removed: since when, and what holds it. */
  removalSince?: string;
  finalizers?: string[];
  /** Of an instance that failed: why, in a word. */
  failure?: string;
  /** Of the instance's last migration, where that failed. */
  failedMigration?: { reason?: string; endedAt?: string };
  /** Of the volume itself; its machine is the observation's name. */
  volumeName?: string;
  /** Why the volume is not filled. */
  volumeTrouble?: VolumeTrouble;
  /** The ticket that made it, from its label. */
  ticketId?: string;
  /** Of the volume: such as 37.50%, absent when there is nothing to wait for. */
  importProgress?: string;
  /** Of a machine with our label: whose it says it is. */
  labels?: ObservedLabels;
}

export type ObservedKind = "vm" | "vmi" | "dv";

export interface ObservedLabels {
  system?: string;
  service?: string;
  serviceId?: string;
  instance?: string;
  createdBy?: string;
}

export interface ObservedCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  since?: string;
}

/** A complete list has been observed: of this kind, the cluster holds these and no others. */
export interface CompleteList {
  clusterId: string;
  kind: ObservedKind;
  /** `namespace/name` of each object; of volumes, of each machine that waits for one. */
  keys: string[];
}

/** What the list said of the VMs that the portal knows there; above half of them missing, nothing is marked. */
export interface ListOutcome {
  known: number;
  missing: number;
  halted: boolean;
}
