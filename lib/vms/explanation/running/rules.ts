import { asName, asParam, type Cause, type CauseFacts, type Finding } from "../words/rules";

const minuteMs = 60_000;
/** A guest that installs itself or checks its disks may take its time. */
const agentExpectedMs = 10 * minuteMs;
const shutdownExpectedMs = 3 * minuteMs;
const startExpectedMs = 5 * minuteMs;

function conditionOf({ symptoms }: CauseFacts, type: string) {
  return symptoms?.conditions?.find((condition) => condition.type === type);
}

function findCondition(type: string): Cause["find"] {
  return (facts) => {
    const condition = conditionOf(facts, type);
    if (condition === undefined) return null;
    const told = facts.told.find(({ reason }) => reason?.split("/")[0] === type);
    return { ...(told && { told }), since: condition.since ?? null };
  };
}

function ageMs({ now, vm }: CauseFacts): number {
  return now.getTime() - vm.statusSince.getTime();
}

function findLostNode({ vm, cluster, symptoms, told, mayNameClusters }: CauseFacts): Finding | null {
  const isUnresponsive = symptoms?.instance?.reason === "NodeUnresponsive";
  const isDown = vm.node !== null && cluster.isNodeReady === false;
  const one = told.find(({ reason }) => /^(?:NodeNotReady|NodeUnresponsive)$/.test(reason ?? ""));
  if (!isUnresponsive && !isDown && one === undefined) return null;
  return { params: { node: asName(mayNameClusters ? vm.node : null) }, ...(one && { told: one }) };
}

function findFailedInstance({ symptoms, vm }: CauseFacts): Finding | null {
  const reason = symptoms?.instance?.reason;
  return reason === undefined || vm.status === "STOPPED" ? null : { params: { reason: asParam(reason) } };
}

function findStorageError(facts: CauseFacts): Finding | null {
  const condition = conditionOf(facts, "Paused");
  if (condition?.reason !== "PausedIOError") return null;
  const told = facts.told.find(({ reason }) => reason === "Paused/PausedIOError");
  return { ...(told && { told }), since: condition.since ?? null };
}

function findFailedMigration({ symptoms, vm }: CauseFacts): Finding | null {
  const migration = symptoms?.instance?.migration;
  if (migration === undefined || vm.status !== "RUNNING") return null;
  return {
    params: {
      hasWords: migration.reason === undefined ? "no" : "yes",
      words: asParam(migration.reason ?? ""),
    },
    since: migration.endedAt ?? null,
  };
}

function inState(status: CauseFacts["vm"]["status"], isSo: (facts: CauseFacts) => boolean = () => true) {
  return (facts: CauseFacts): Finding | null => (facts.vm.status === status && isSo(facts) ? {} : null);
}

function findNotApplied(facts: CauseFacts): Finding | null {
  return facts.vm.status === "RUNNING" ? findCondition("Synchronized")(facts) : null;
}

/** What goes wrong with a machine that is, or was, running. */
export const brokenCauses: readonly Cause[] = [
  { code: "storage_error", severity: "danger", remedy: "ask_administrator", find: findStorageError },
  { code: "node_lost", severity: "danger", remedy: "check_cluster", find: findLostNode },
  {
    code: "recovery_required",
    severity: "danger",
    remedy: "ask_administrator",
    find: findCondition("ManualRecoveryRequired"),
  },
];

/** What is worth knowing of a machine that does what it should. */
export const standingCauses: readonly Cause[] = [
  { code: "instance_failed", severity: "danger", remedy: "start_again", find: findFailedInstance },
  { code: "paused", severity: "warning", remedy: "resume", find: inState("PAUSED") },
  {
    code: "migrating",
    severity: "progress",
    remedy: "wait",
    find: ({ vm }) => (vm.status === "MIGRATING" ? {} : null),
  },
  { code: "migration_failed", severity: "warning", remedy: "ask_administrator", find: findFailedMigration },
  { code: "changes_not_applied", severity: "warning", remedy: "restart", find: findNotApplied },
  {
    code: "keys_not_applied",
    severity: "warning",
    remedy: "install_agent",
    find: findCondition("AccessCredentialsSynchronized"),
  },
  {
    code: "restart_required",
    severity: "info",
    remedy: "restart",
    find: inState("RUNNING", ({ vm }) => vm.restartRequired),
  },
  {
    code: "shutdown_ignored",
    severity: "warning",
    remedy: "force_stop",
    find: inState("STOPPING", (facts) => ageMs(facts) > shutdownExpectedMs),
  },
  {
    code: "agent_missing",
    severity: "info",
    remedy: "install_agent",
    find: inState("RUNNING", (facts) => !facts.vm.hasAgent && ageMs(facts) > agentExpectedMs),
  },
  {
    code: "starting_slowly",
    severity: "info",
    remedy: "wait_or_ask",
    find: (facts) => {
      const isStarting = facts.vm.status === "STARTING" || facts.vm.status === "CREATING";
      const minutes = Math.floor(ageMs(facts) / minuteMs);
      return isStarting && ageMs(facts) > startExpectedMs ? { params: { minutes } } : null;
    },
  },
  {
    code: "state_unknown",
    severity: "warning",
    remedy: "check_cluster",
    find: inState("UNKNOWN"),
  },
];
