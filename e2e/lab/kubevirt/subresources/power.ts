import type { Answer } from "../call";
import { writeAs, writeStatusAs } from "../commit";
import { reviewHeldMachine } from "../admission/snapshot-rules";
import { badRequest, internalError } from "../failures";
import type { Json } from "../json";
import type { KubeObject } from "../objects";
import {
  graceOf,
  instanceOf,
  isLive,
  phaseOf,
  runStrategyOf,
  stateRequestsOf,
} from "../controllers/machine-facts";
import type { RunStrategy, StateRequest } from "../controllers/machine-facts";
import type { Action } from "./actions";
import { accepted, machineConflict, requireBoolean, requireMachine, requireNumber } from "./actions";

// KubeVirt's subresource API writes under this name, which takes the run strategy from whoever applied it.
const writer = "virt-api";

export function startMachine(action: Action): Answer {
  const vm = requireMachine(action);
  const isPaused = requireBoolean(action, "paused");
  const instance = instanceOf(action.cluster, vm);
  const { name } = vm.metadata;
  if (isLive(instance)) throw machineConflict(name, "VM is already running");
  const strategy = runStrategyOf(vm);
  if (strategy === "Always" || strategy === "Once") {
    throw machineConflict(name, `${strategy} does not support manual start requests`);
  }
  if (strategy === "RerunOnFailure" && phaseOf(instance) === "Failed") {
    throw machineConflict(name, "RerunOnFailure does not support starting VM from failed state");
  }
  if (action.isDryRun) return accepted;
  const start: StateRequest = { action: "Start", ...(isPaused && { data: { paused: "true" } }) };
  if (strategy === "Halted" && !isPaused) setRunStrategy(action, vm, "Always");
  else addRequests(action, vm, [start]);
  return accepted;
}

export function stopMachine(action: Action): Answer {
  const vm = requireMachine(action);
  const gracePeriod = requireNumber(action, "gracePeriod");
  const instance = instanceOf(action.cluster, vm);
  const strategy = runStrategyOf(vm);
  const { name } = vm.metadata;
  if (gracePeriod !== undefined && gracePeriod < 0)
    throw badRequest("gracePeriod has to be greater or equal to 0");
  const isIdle = !isLive(instance);
  if (isIdle && strategy !== "Always" && strategy !== "Once")
    throw machineConflict(name, "VM is not running");
  const formerGrace = graceOf(instance);
  if (strategy === "Halted" && (gracePeriod === undefined || gracePeriod >= formerGrace)) {
    throw machineConflict(name, "Halted only supports manual stop requests with a shorter graceperiod");
  }
  if (action.isDryRun) return accepted;
  if (instance && gracePeriod !== undefined) setGrace(action, instance, gracePeriod);
  if (strategy === "Always" || strategy === "Once") setRunStrategy(action, vm, "Halted");
  else if (instance) addRequests(action, vm, [{ action: "Stop", uid: instance.metadata.uid }]);
  return accepted;
}

function setGrace(action: Action, instance: KubeObject, seconds: number): void {
  const spec = { ...instance.spec, terminationGracePeriodSeconds: seconds };
  writeAs(action.cluster, writer, instance, { ...instance, spec });
}

export function restartMachine(action: Action): Answer {
  const vm = requireMachine(action);
  const gracePeriod = requireNumber(action, "gracePeriodSeconds");
  const { name } = vm.metadata;
  if (gracePeriod !== undefined && gracePeriod > 0) {
    throw badRequest("For force restart, only gracePeriod=0 is supported for now");
  }
  if (gracePeriod !== undefined && gracePeriod < 0)
    throw badRequest("gracePeriod has to be greater or equal to 0");
  const strategy = runStrategyOf(vm);
  if (strategy === "Halted" || strategy === "Once") {
    throw machineConflict(name, `RunStategy ${strategy} does not support manual restart requests`);
  }
  const instance = instanceOf(action.cluster, vm);
  if (!isLive(instance)) throw machineConflict(name, `VM is not running: ${strategy}`);
  if (stateRequestsOf(vm).length > 0) {
    throw internalError("unable to complete request: stop/start already underway");
  }
  if (!action.isDryRun) {
    addRequests(action, vm, [{ action: "Stop", uid: instance.metadata.uid }, { action: "Start" }]);
  }
  return accepted;
}

function setRunStrategy(action: Action, vm: KubeObject, runStrategy: RunStrategy): void {
  const { running: _, ...spec } = vm.spec ?? {};
  const next = { ...vm, spec: { ...spec, runStrategy } };
  reviewHeldMachine(vm, next);
  writeAs(action.cluster, writer, vm, next);
}

function addRequests(action: Action, vm: KubeObject, added: StateRequest[]): void {
  const stateChangeRequests: Json[] = [...stateRequestsOf(vm), ...added].map((request) => ({ ...request }));
  writeStatusAs(action.cluster, writer, vm, { ...vm.status, stateChangeRequests });
}
