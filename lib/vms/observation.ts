/** What a cluster says of one VM, reduced to what the portal keeps. */
export interface VmObservation {
  clusterId: string;
  /** The machine's definition, or its running instance. */
  kind: ObservedKind;
  namespace: string;
  name: string;
  uid: string;
  resourceVersion: string;
  deleted: boolean;
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
  startFailure?: { consecutiveFailCount: number; retryAfter?: string };
  /** The ticket that made it, from its label. */
  ticketId?: string;
}

export type ObservedKind = "vm" | "vmi";

export interface ObservedCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
}

/** A complete list has been observed: of this kind, the cluster holds these and no others. */
export interface CompleteList {
  clusterId: string;
  kind: ObservedKind;
  /** `namespace/name` of each object. */
  keys: string[];
}

/** What the list said of the VMs that the portal knows there; above half of them missing, nothing is marked. */
export interface ListOutcome {
  known: number;
  missing: number;
  halted: boolean;
}
