type JsonRecord = Record<string, unknown>;

export interface LiveClaim {
  name: string;
  resourceVersion: string;
  sizeGb: number;
  storageClass: string | null;
  /** Null where the portal does not know its class. */
  isExpandable: boolean | null;
}

/** A machine as its cluster has it, with everything that decides how a change takes effect. */
export interface LiveMachine {
  uid: string;
  resourceVersion: string;
  generation: number;
  spec: JsonRecord;
  restartRequired: boolean;
  cpu: {
    sockets: number;
    cores: number;
    threads: number;
    request: number | null;
    limit: number | null;
    isDedicated: boolean;
    multiQueue: boolean;
  };
  memory: { gi: number | null; requestGi: number | null; hasHugepages: boolean };
  /** Its size comes from an instance type of the cluster, not from the machine itself. */
  byInstancetype: boolean;
  /** Null while it does not run. */
  instance: {
    isMigratable: boolean;
    maxSockets: number | null;
    maxGuestGi: number | null;
    guestAtBootGi: number | null;
  } | null;
  /** The claim of the root disk. */
  claim: LiveClaim | null;
  /** Those of its other disks. */
  disks?: readonly (LiveClaim & { volume: string })[];
  /** The cluster tells running machines that their disks have grown. */
  expandsDisksLive: boolean;
}

/** What stands at a dotted path; null where there is nothing. */
export function valueAt(root: JsonRecord, path: string): unknown {
  let here: unknown = root;
  for (const key of path.split(".")) {
    if (typeof here !== "object" || here === null || Array.isArray(here) || !Object.hasOwn(here, key))
      return null;
    // An object that is no list is a record.
    here = (here as JsonRecord)[key];
  }
  return here ?? null;
}
