import { setTimeout as sleep } from "node:timers/promises";
import { startReflector, type ReflectorState } from "@/lib/adapters/kubevirt/reflector";
import { virtualMachineInstanceSchema, virtualMachineSchema } from "@/lib/adapters/kubevirt/types";
import { connectCluster } from "@/lib/clusters/connect-cluster";
import {
  recordReflectorList,
  recordReflectorState,
  type LeasedReflector,
  type ReflectorPosition,
} from "@/lib/clusters/reflector-leases";
import { logger } from "@/lib/core/logger";
import type { VmObservation } from "@/lib/vms/observation";
import { observeComplete, observeVms } from "@/lib/vms/observe-vm";
import { projectObservation } from "@/lib/vms/project-observation";
import { ObservationQueue } from "./sync-queue";

const paths = {
  vm: "/apis/kubevirt.io/v1/virtualmachines",
  vmi: "/apis/kubevirt.io/v1/virtualmachineinstances",
} as const;
const labelSelector = "kubevirt-shepherd.io/managed-by=kubevirt-shepherd";
const chunkSize = 500;
/** A watch that cannot even start, for want of a key perhaps, is not tried in a hurry. */
const restartMs = 5_000;

export interface ReflectorOwner {
  workerId: string;
  idleTimeoutMs?: number;
}

export interface RunningReflector {
  position(): ReflectorPosition;
  /** The lease was extended until then, by this process's own steady clock. */
  extend(heldUntil: number): void;
  stop(): void;
  isStopped(): boolean;
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
  let leaseEnd = heldUntil;
  let heardAt: number | null = null;
  const requireLease = () => {
    // A process that was frozen past its lease must not write what another one now follows.
    if (performance.now() > leaseEnd) throw new Error("the lease on this reflector has run out");
  };
  const queue = new ObservationQueue({
    deliver: async (observations) => {
      requireLease();
      await observeVms(observations);
    },
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
  const hear = () => {
    requireLease();
    heardAt = performance.now();
  };
  const done = follow({ owner, leased, queue, hear, report, signal: stopped.signal }).catch(
    async (error: unknown) => {
      log.error({ err: error }, "the watch could not be started");
      await sleep(restartMs, undefined, { signal: stopped.signal }).catch(() => undefined);
    },
  );
  return {
    position: () => ({
      ...leased,
      resourceVersion: queue.position(),
      heardSecondsAgo: heardAt === null ? null : (performance.now() - heardAt) / 1000,
    }),
    extend: (until) => {
      leaseEnd = until;
    },
    isStopped: () => stopped.signal.aborted,
    stop: () => {
      queue.stop();
      stopped.abort();
    },
    done: done.then(() => recorded),
  };
}

interface Run {
  owner: ReflectorOwner;
  leased: LeasedReflector;
  queue: ObservationQueue;
  hear: () => void;
  report: (state: ReflectorState) => void;
  signal: AbortSignal;
}

async function follow({ owner, leased, queue, hear, report, signal }: Run): Promise<void> {
  const { clusterId, kind, resourceVersion } = leased;
  const client = await connectCluster(clusterId);
  if (resourceVersion !== null) queue.startFrom(resourceVersion);
  await startReflector<VmObservation | null>({
    client,
    path: paths[kind],
    labelSelector,
    project: (object) => project(clusterId, kind, object),
    ...(resourceVersion === null ? {} : { resume: { resourceVersion } }),
    onReplace: async (items, version) => {
      await queue.clear();
      hear();
      for (let from = 0; from < items.length; from += chunkSize) {
        await observeVms(items.slice(from, from + chunkSize).flatMap(({ value }) => value ?? []));
        hear();
      }
      const outcome = await observeComplete({ clusterId, kind, keys: items.map(({ key }) => key) });
      queue.startFrom(version);
      const halted = outcome.halted ? `list_halted: ${outcome.missing}/${outcome.known}` : null;
      await recordReflectorList(owner.workerId, leased, { resourceVersion: version, halted });
    },
    onChange: async (batch, version) => {
      hear();
      const seen = batch.flatMap(({ type, value }) =>
        value === null ? [] : [{ ...value, deleted: type === "DELETED" }],
      );
      await queue.add(seen, version);
    },
    onState: report,
    signal,
    ...(owner.idleTimeoutMs === undefined ? {} : { idleTimeoutMs: owner.idleTimeoutMs }),
  }).done;
}

/** An object in no readable shape is no observation; its name still counts as present in a list. */
function project(clusterId: string, kind: "vm" | "vmi", object: unknown): VmObservation | null {
  if (kind === "vm") {
    const machine = virtualMachineSchema.safeParse(object);
    return machine.success ? projectObservation.ofMachine(clusterId, machine.data) : null;
  }
  const instance = virtualMachineInstanceSchema.safeParse(object);
  return instance.success ? projectObservation.ofInstance(clusterId, instance.data) : null;
}
