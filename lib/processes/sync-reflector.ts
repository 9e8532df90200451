import { setTimeout as sleep } from "node:timers/promises";
import { startReflector, type ReflectorState } from "@/lib/adapters/kubevirt/reflector";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import {
  recordReflectorList,
  recordReflectorState,
  type LeasedReflector,
  type ReflectorPosition,
} from "@/lib/clusters/reflector-leases";
import { logger } from "@/lib/core/logger";
import type { VmObservation } from "@/lib/vms/observation";
import { observeComplete } from "@/lib/vms/observe-vm";
import { followedKinds } from "./sync-kinds";
import type { WritePace } from "./sync-pace";
import type { Turns } from "./sync-turns";
import { ObservationQueue } from "./sync-queue";
import type { SharedWriter } from "./sync-writer";

const labelSelector = "kubevirt-shepherd.io/managed-by=kubevirt-shepherd";
/** A watch that cannot even start, for want of a key perhaps, is not tried in a hurry. */
const restartMs = 5_000;

export interface ReflectorOwner {
  workerId: string;
  writer: SharedWriter;
  pace: WritePace;
  /** Of all its reflectors, the pages that are in memory at the same time. */
  pages: Turns;
  idleTimeoutMs?: number;
}

export interface RunningReflector {
  position(): ReflectorPosition;
  /** The lease was extended until then, by this process's own steady clock. */
  extend(heldUntil: number): void;
  stop(): void;
  isStopped(): boolean;
  /** The cluster does not offer or not allow what would be followed. */
  isUnavailable(): boolean;
  /** Nothing of it is under way any more; never rejects. */
  done: Promise<void>;
}

/** Follows one kind of object of one cluster while the lease is held. */
export function runReflector(
  owner: ReflectorOwner,
  leased: LeasedReflector,
  heldUntil: number,
): RunningReflector {
  const stopped = new AbortController();
  const log = logger("sync").child({ clusterId: leased.clusterId, kind: leased.kind });
  const lease = createLease(heldUntil);
  const queue = createQueue(owner, leased, {
    requireLease: lease.require,
    onFailure: (error) => log.warn({ err: error }, "observations wait to be written"),
  });
  let recorded: Promise<void> = Promise.resolve();
  const report = ({ connected, error }: ReflectorState) => {
    const state = { connected, error: error?.message ?? null };
    log.info(state, "watch changed state");
    recorded = recorded
      .then(() => recordReflectorState(owner.workerId, leased, state))
      .catch((failure: unknown) => log.warn({ err: failure }, "the watch's state could not be recorded"));
  };
  let isUnavailable = false;
  const done = follow({ owner, leased, queue, lease, report, signal: stopped.signal }).then(
    (isFinal) => {
      isUnavailable = isFinal;
    },
    async (error: unknown) => {
      log.error({ err: error }, "the watch could not be started");
      await sleep(restartMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    },
  );
  return {
    position: () => ({
      ...leased,
      resourceVersion: queue.position(),
      heardSecondsAgo: lease.heardSecondsAgo(),
    }),
    extend: lease.extend,
    isStopped: () => stopped.signal.aborted,
    isUnavailable: () => isUnavailable,
    stop: () => {
      queue.stop();
      stopped.abort();
    },
    done: done.then(() => recorded),
  };
}

interface Lease {
  extend: (heldUntil: number) => void;
  require: () => void;
  hear: () => void;
  heardSecondsAgo: () => number | null;
}

function createLease(heldUntil: number): Lease {
  let leaseEnd = heldUntil;
  let heardAt: number | null = null;
  const requireHeld = () => {
    // A process that was frozen past its lease must not write what another one now follows.
    if (performance.now() > leaseEnd) throw new Error("the lease on this reflector has run out");
  };
  return {
    extend: (until) => {
      leaseEnd = until;
    },
    require: requireHeld,
    hear: () => {
      requireHeld();
      heardAt = performance.now();
    },
    heardSecondsAgo: () => (heardAt === null ? null : (performance.now() - heardAt) / 1000),
  };
}

function createQueue(
  { writer, pace }: ReflectorOwner,
  { clusterId, kind }: LeasedReflector,
  { requireLease, onFailure }: { requireLease: () => void; onFailure: (error: unknown) => void },
): ObservationQueue {
  return new ObservationQueue({
    deliver: (observations) => writer.deliver(observations, requireLease),
    onFailure,
    pace: {
      dueAt: (key) => pace.dueAt(`${clusterId} ${key}`, kind),
      wrote: (key) => pace.wrote(`${clusterId} ${key}`, kind),
    },
  });
}

interface Run {
  owner: ReflectorOwner;
  leased: LeasedReflector;
  queue: ObservationQueue;
  lease: Lease;
  report: (state: ReflectorState) => void;
  signal: AbortSignal;
}

/** @returns whether the cluster does not offer or not allow it */
async function follow(run: Run): Promise<boolean> {
  const { owner, leased, queue, report, signal } = run;
  const { clusterId, kind, resourceVersion } = leased;
  const { path, project, isFinal } = followedKinds[kind];
  const client = await connectCluster(clusterId);
  if (resourceVersion !== null) queue.startFrom(resourceVersion);
  const failure = await startReflector<VmObservation | null>({
    client,
    path,
    labelSelector,
    project: (object) => project(clusterId, object),
    ...(resourceVersion === null ? {} : { resume: { resourceVersion } }),
    ...takeLists(run),
    takeTurn: (work) => owner.pages.take(work),
    onChange: async (batch, version) => {
      run.lease.hear();
      const seen = batch.flatMap(({ type, value }) =>
        value === null ? [] : [{ ...value, deleted: type === "DELETED" }],
      );
      await queue.add(seen, version);
    },
    onState: report,
    isFinal,
    signal,
    ...(owner.idleTimeoutMs === undefined ? {} : { idleTimeoutMs: owner.idleTimeoutMs }),
  }).done;
  return failure !== null;
}

/** Each page is written as it comes; at the end, what no page named has gone. */
function takeLists({ owner, leased, queue, lease }: Run) {
  const { clusterId, kind } = leased;
  const filling = new Set<string>();
  return {
    onPage: async (items: { value: VmObservation | null }[]) => {
      await queue.clear();
      lease.hear();
      const seen = items.flatMap(({ value }) => value ?? []);
      for (const { namespace, name, importProgress, volumeTrouble } of seen)
        if (importProgress !== undefined || volumeTrouble !== undefined) filling.add(`${namespace}/${name}`);
      if (seen.length > 0) await owner.writer.deliver(seen, lease.require);
    },
    onReplace: async (keys: string[], version: string) => {
      lease.hear();
      const outcome = await observeComplete({ clusterId, kind, keys: kind === "dv" ? [...filling] : keys });
      filling.clear();
      queue.startFrom(version);
      const halted = outcome.halted ? `list_halted: ${outcome.missing}/${outcome.known}` : null;
      await recordReflectorList(owner.workerId, leased, { resourceVersion: version, halted });
    },
  };
}
