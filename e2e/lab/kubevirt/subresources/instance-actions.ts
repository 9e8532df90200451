import type { Answer } from "../call";
import { timestamp } from "../clock";
import { writeStatusAs } from "../commit";
import { badRequest } from "../failures";
import { valueAt } from "../json";
import { instanceKind } from "../kinds";
import type { Condition, KubeObject } from "../objects";
import {
  conditionsOf,
  domainOf,
  hasCondition,
  phaseOf,
  withCondition,
  withoutCondition,
} from "../controllers/machine-facts";
import { pausedCondition } from "../controllers/guest";
import { toJson } from "../controllers/instance-phases";
import type { Action } from "./actions";
import { done, instanceConflict, requireInstance } from "./actions";

const handler = "virt-handler";
const reactionMs = 150;

export function pauseInstance(action: Action): Answer {
  const instance = requireRunning(action, "VM is not running");
  if (hasCondition(instance, "Paused")) throw instanceConflict(action.path.name, "VMI is already paused");
  return react(action, (current) => withCondition(conditionsOf(current), pausedCondition, timestamp()));
}

export function unpauseInstance(action: Action): Answer {
  const instance = requireRunning(action, "VMI is not running");
  if (!hasCondition(instance, "Paused")) throw instanceConflict(action.path.name, "VMI is not paused");
  return react(action, (current) => withoutCondition(conditionsOf(current), "Paused"));
}

export function softRebootInstance(action: Action): Answer {
  const instance = requireRunning(action, "VM is not running");
  if (hasCondition(instance, "Paused")) throw instanceConflict(action.path.name, "VMI is paused");
  if (
    !hasCondition(instance, "AgentConnected") &&
    valueAt(domainOf(instance), "features", "acpi", "enabled") === false
  ) {
    throw instanceConflict(
      action.path.name,
      "VMI neither have the agent connected nor the ACPI feature enabled",
    );
  }
  return react(action, (current) => {
    restoreAgentLater(action);
    return withoutCondition(conditionsOf(current), "AgentConnected");
  });
}

export function resetInstance(action: Action): Answer {
  const instance = requireInstance(action);
  const phase = phaseOf(instance);
  if (phase !== "Running") {
    throw instanceConflict(
      action.path.name,
      `Failed to reset non-running VMI with phase ${phase}: VMI is not running`,
    );
  }
  return react(action, (current) => {
    restoreAgentLater(action);
    return withoutCondition(conditionsOf(current), "AgentConnected");
  });
}

export function freezeInstance(action: Action, status: "frozen" | undefined): Answer {
  const instance = requireRunning(action, "VM is not running");
  if (!hasCondition(instance, "AgentConnected")) throw badRequest("VMI does not have guest agent connected");
  if (action.isDryRun) return done;
  const { fsFreezeStatus: _, ...rest } = instance.status ?? {};
  writeStatusAs(action.cluster, handler, instance, {
    ...rest,
    ...(status && { fsFreezeStatus: status }),
  });
  return done;
}

function requireRunning(action: Action, cause: string): KubeObject {
  const instance = requireInstance(action);
  if (phaseOf(instance) !== "Running") throw instanceConflict(action.path.name, cause);
  return instance;
}

/** The node's part of KubeVirt does the work; the condition follows a moment after the answer. */
function react(action: Action, change: (current: KubeObject) => Condition[]): Answer {
  if (!action.isDryRun) action.cluster.clock.after(reactionMs, () => write(action, change));
  return done;
}

function write(action: Action, change: (current: KubeObject) => Condition[]): void {
  const current = action.cluster.store.get(instanceKind, action.path.namespace, action.path.name);
  if (!current || phaseOf(current) !== "Running") return;
  const status = { ...current.status, conditions: toJson(change(current)) };
  writeStatusAs(action.cluster, handler, current, status);
}

function restoreAgentLater(action: Action): void {
  const connected: Condition = { type: "AgentConnected", status: "True" };
  action.cluster.clock.after(3000, () =>
    write(action, (current) => withCondition(conditionsOf(current), connected, timestamp())),
  );
}
