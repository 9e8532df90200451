import { operationSteps, type EventType, type OperationStep } from "@/lib/vocabulary/event-types";
import { canMove } from "@/lib/core/state-machine";
import { vmMachine, type VmMove, type VmState } from "./machine";
import type { VmObservation } from "./observation";
import {
  areSame,
  sentenceFor,
  symptomsOfInstance,
  symptomsOfMachine,
  symptomsOfVolume,
} from "./symptoms/rules";

/** What the portal knows of a VM when the cluster speaks. */
export interface VmFacts {
  status: VmState;
  statusMessage: string | null;
  clusterStatus: string | null;
  ip: string | null;
  node: string | null;
  osInfo: unknown;
  k8sUid: string | null;
  vmiUid: string | null;
  restartRequired: boolean;
  /** What the cluster says is wrong, as it is stored. */
  symptoms: unknown;
  /** How much of the root volume the cluster has filled, in its words; null when it is full or there is none. */
  importProgress: string | null;
  activeEventType: EventType | null;
  /** The instance that ran when a restart was asked for. */
  vmiUidBefore: string | null;
  /** The copy that is being made is to run; null where nothing is copied. */
  startsAfterClone?: boolean | null;
}

const seenNames = [
  "statusMessage",
  "clusterStatus",
  "ip",
  "node",
  "osInfo",
  "k8sUid",
  "vmiUid",
  "restartRequired",
  "importProgress",
  "symptoms",
] as const;
type Seen = Pick<VmFacts, (typeof seenNames)[number]>;

export interface ObservationVerdict {
  /** Facts that differ from the row; empty when nothing is news. */
  changes: Partial<Seen>;
  move: VmMove | null;
  steps: OperationStep[];
  ending: "complete" | "fail" | null;
  /** Our deletion has come true. */
  removed: boolean;
}

/**
 * printableStatus → the move it means; words that are not here say that something is stuck where it is. A map, because
 * the word is the cluster's, and every object has a member called "constructor".
 */
const moveOfPrintableStatus = new Map<string, VmMove>([
  ["Running", "seenRunning"],
  ["Stopped", "seenStopped"],
  ["Stopping", "seenStopping"],
  ["Starting", "seenStarting"],
  ["Provisioning", "seenStarting"],
  ["WaitingForVolumeBinding", "seenStarting"],
  ["WaitingForReceiver", "seenStarting"],
  ["ErrorUnschedulable", "seenPending"],
  ["Paused", "seenPaused"],
  ["Migrating", "seenMigrating"],
]);

/** While an operation is under way, what the cluster said before it is no news (spec §4: held, not overwritten). */
const ignoredDuring: Partial<Record<EventType, readonly VmMove[]>> = {
  VM_CREATION_REQUESTED: ["seenStopped", "seenStopping", "seenStarting"],
  VM_START_REQUESTED: ["seenStopped", "seenStopping"],
  VM_STOP_REQUESTED: ["seenRunning", "seenStarting", "seenPaused"],
  VM_FORCE_STOP_REQUESTED: ["seenRunning", "seenStarting", "seenPaused", "seenMigrating"],
  VM_DELETION_REQUESTED: vmMachine.moveNames.filter((move) => move !== "fail"),
};

const endsOf: Partial<Record<EventType, readonly VmState[]>> = {
  VM_CREATION_REQUESTED: ["RUNNING"],
  VM_START_REQUESTED: ["RUNNING"],
  VM_RESTART_REQUESTED: ["RUNNING"],
  VM_STOP_REQUESTED: ["STOPPED"],
  VM_FORCE_STOP_REQUESTED: ["STOPPED"],
  VM_PAUSE_REQUESTED: ["PAUSED"],
  VM_RESUME_REQUESTED: ["RUNNING"],
  VM_CLONE_REQUESTED: ["RUNNING", "STOPPED"],
};

/** A copy that is to run is over, and held, as any machine that is made. */
function typeOf({ activeEventType, startsAfterClone }: VmFacts): EventType | null {
  const isMade = activeEventType === "VM_CLONE_REQUESTED" && startsAfterClone === true;
  return isMade ? "VM_CREATION_REQUESTED" : activeEventType;
}

/** What one report of the cluster means for one VM. Pure: the same report twice is no news the second time. */
export function judgeObservation(vm: VmFacts, seen: VmObservation): ObservationVerdict {
  if (seen.kind === "vm" && seen.deleted) return judgeRemoval(vm);
  if (seen.kind === "dv") return judgeVolume(vm, seen);
  const facts: VmFacts = {
    ...vm,
    ...(seen.kind === "vm" ? factsOfMachine(vm, seen) : factsOfInstance(vm, seen)),
  };
  const wanted = judgeMove(vm, facts);
  const move = wanted === "seenRunning" && isBeforeRestart(vm, seen) ? null : wanted;
  const status = move === null ? vm.status : vmMachine.moves[move].to;
  const ends = endsOf[typeOf(vm) ?? "SYSTEM_CREATED"] ?? [];
  const ended = ends.includes(status) && !isOldInstance(facts);
  return {
    changes: differences(vm, facts),
    move,
    steps: stepsReached(vm, facts, status),
    ending: ended ? "complete" : null,
    removed: false,
  };
}

/** A volume tells how full it is, or why not, and moves nothing: what becomes of the machine, the machine says. */
function judgeVolume(vm: VmFacts, seen: VmObservation): ObservationVerdict {
  const importProgress = seen.deleted ? null : (seen.importProgress ?? null);
  const symptoms = symptomsOfVolume(vm.symptoms, seen);
  const said = vm.clusterStatus === "DataVolumeError" ? sentenceFor(vm.clusterStatus, symptoms) : null;
  return {
    changes: differences(vm, { ...vm, importProgress, symptoms, statusMessage: said ?? vm.statusMessage }),
    move: null,
    steps: [],
    ending: null,
    removed: false,
  };
}

function judgeRemoval(vm: VmFacts): ObservationVerdict {
  if (vm.status === "DELETING") {
    return { changes: {}, move: null, steps: [], ending: "complete", removed: true };
  }
  const gone = canMove(vmMachine, vm.status, "seenGone");
  return {
    changes: differences(vm, {
      ...vm,
      clusterStatus: null,
      ip: null,
      node: null,
      vmiUid: null,
      importProgress: null,
      symptoms: null,
    }),
    move: gone ? "seenGone" : null,
    steps: [],
    ending: gone && vm.activeEventType !== null ? "fail" : null,
    removed: false,
  };
}

function factsOfMachine(vm: VmFacts, seen: VmObservation): Partial<Seen> {
  const symptoms = symptomsOfMachine(vm.symptoms, seen);
  const clusterStatus = seen.terminating ? "Terminating" : (seen.printableStatus ?? null);
  return {
    clusterStatus,
    k8sUid: seen.uid,
    restartRequired: seen.restartRequired ?? false,
    symptoms,
    statusMessage: sentenceFor(clusterStatus, symptoms),
  };
}

function factsOfInstance(vm: VmFacts, seen: VmObservation): Partial<Seen> {
  const symptoms = symptomsOfInstance(vm.symptoms, seen);
  if (seen.deleted) {
    if (vm.vmiUid !== seen.uid) return { symptoms };
    return { ip: null, node: null, osInfo: null, vmiUid: null, symptoms };
  }
  return {
    symptoms,
    ip: seen.ip ?? null,
    node: seen.node ?? null,
    osInfo: seen.osInfo ?? null,
    vmiUid: seen.phase === "Running" ? seen.uid : vm.vmiUid,
  };
}

function judgeMove(vm: VmFacts, facts: VmFacts): VmMove | null {
  const move = moveOfPrintableStatus.get(facts.clusterStatus ?? "");
  if (move === undefined || !canMove(vmMachine, vm.status, move)) return null;
  const type = typeOf(vm);
  if (type !== null && ignoredDuring[type]?.includes(move)) return null;
  return move === "seenRunning" && isOldInstance(facts) ? null : move;
}

/**
 * Machine and instance are watched apart, so the new instance may be known while the machine's word that it runs is
 * still that of the old one: what ends a restart comes after it was seen to stop, or was read by name just now.
 */
function isBeforeRestart(vm: VmFacts, seen: VmObservation): boolean {
  if (vm.activeEventType !== "VM_RESTART_REQUESTED" || seen.isFresh === true) return false;
  return vm.status !== "STARTING" && vm.status !== "STOPPED";
}

/** A restart is over when another instance runs; until then "Running" speaks of the old one. */
function isOldInstance(facts: VmFacts): boolean {
  return facts.activeEventType === "VM_RESTART_REQUESTED" && facts.vmiUid === facts.vmiUidBefore;
}

function stepsReached(vm: VmFacts, facts: VmFacts, status: VmState): OperationStep[] {
  if (vm.activeEventType === null) return [];
  const runs = status === "RUNNING" && vm.status !== "RUNNING";
  // A fast cluster reports a running machine before the worker has noted what it did; it has come all the way.
  if (runs && typeOf(vm) === "VM_CREATION_REQUESTED") return [...operationSteps];
  const steps: OperationStep[] = [];
  // What runs has been scheduled, even when the instance's own report is still on its way.
  if (runs || (facts.node !== null && vm.node === null)) steps.push("scheduled");
  if (runs) steps.push("running");
  return steps;
}

/** What of the cluster's words is different after. */
export function differences(before: VmFacts, after: VmFacts): Partial<Seen> {
  const changed = seenNames.filter((name) => !areSame(before[name], after[name]));
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}
