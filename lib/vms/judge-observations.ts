import type { OperationStep } from "@/lib/vocabulary/event-types";
import { vmMachine, type VmState } from "./machine";
import type { VmObservation } from "./observation";
import { differences, judgeObservation, type ObservationVerdict, type VmFacts } from "./rules";

/** What several reports in a row come to; a state passed through leaves its steps and its ending. */
export interface ObservedChange extends Omit<ObservationVerdict, "move"> {
  /** Null when the state is what it was. */
  status: VmState | null;
  /** Of the machine's newest report; null when none of them spoke of it. */
  version: string | null;
}

interface JudgedVm extends VmFacts {
  ticketId: string | null;
  /** The machine's version of a few seconds ago: what is older than that was overtaken on its way. */
  version: string | null;
}

/** Reports on one VM in the order in which they were made; those on another object of its name say nothing. */
export function judgeObservations(vm: JudgedVm, observations: VmObservation[]): ObservedChange {
  let current: JudgedVm = vm;
  const steps = new Set<OperationStep>();
  let ending: ObservedChange["ending"] = null;
  let removed = false;
  for (const seen of observations) {
    if (removed) break;
    if (!isOurs(current, seen) || isOvertaken(current, seen)) continue;
    const verdict = judgeObservation(current, seen);
    for (const step of verdict.steps) steps.add(step);
    ending ??= verdict.ending;
    removed = verdict.removed;
    current = { ...after(current, verdict), version: versionAfter(current, seen) };
  }
  return {
    changes: removed ? {} : differences(vm, current),
    status: current.status === vm.status ? null : current.status,
    version: current.version,
    steps: [...steps],
    ending,
    removed,
  };
}

/**
 * A machine is read by name as well as watched, and the two race. Versions are numbers that grow, and only a moment is
 * looked back on, because a cluster restored from a copy counts from an earlier one.
 */
function isOvertaken({ version }: JudgedVm, seen: VmObservation): boolean {
  if (seen.kind !== "vm" || seen.deleted || version === null) return false;
  return (
    isNumber(version) && isNumber(seen.resourceVersion) && BigInt(seen.resourceVersion) < BigInt(version)
  );
}

function versionAfter({ version }: JudgedVm, seen: VmObservation): string | null {
  return seen.kind === "vm" && isNumber(seen.resourceVersion) ? seen.resourceVersion : version;
}

function isNumber(version: string): boolean {
  return /^\d{1,20}$/.test(version);
}

function after(vm: JudgedVm, { changes, move, ending }: ObservationVerdict): JudgedVm {
  return {
    ...vm,
    ...changes,
    ...(move === null ? {} : { status: vmMachine.moves[move].to }),
    // What comes after the end of an operation is no longer part of it.
    ...(ending === null ? {} : { activeEventType: null, vmiUidBefore: null }),
  };
}

/** An object of our name that somebody else made is not our VM; until the apply is recorded, its ticket tells. */
export function isOurs(vm: Pick<JudgedVm, "k8sUid" | "ticketId">, seen: VmObservation): boolean {
  if (seen.kind !== "vm") return true;
  return vm.k8sUid === null ? vm.ticketId === seen.ticketId : vm.k8sUid === seen.uid;
}

export function isNews(change: ObservedChange): boolean {
  return isOperationNews(change) || change.status !== null || Object.keys(change.changes).length > 0;
}

/** Whether more than the VM's own row has to be written. */
export function isOperationNews({ steps, ending, removed }: ObservedChange): boolean {
  return steps.length > 0 || ending !== null || removed;
}
