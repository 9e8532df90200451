import { asParam, says, type Cause, type CauseFacts, type Finding } from "../words/rules";

const minuteMs = 60_000;
const removalExpectedMs = 2 * minuteMs;
/** So long a failure that left the machine as it was is worth mentioning. */
const failureRememberedMs = 24 * 60 * minuteMs;

function linkTo(ticketId: string | null | undefined): Pick<Finding, "link"> {
  return ticketId == null ? {} : { link: { to: "request", id: ticketId } };
}

function findUnreachable({ cluster }: CauseFacts): Finding | null {
  if (!cluster.isStale) return null;
  return {
    params: { cluster: asParam(cluster.name) },
    since: cluster.staleSince?.toISOString() ?? null,
    link: { to: "cluster", id: cluster.id },
  };
}

function findHeldRemoval({ symptoms, now, vm }: CauseFacts): Finding | null {
  const removal = symptoms?.removal;
  if (removal === undefined) return null;
  const since = removal.since === undefined ? vm.statusSince : new Date(removal.since);
  if (now.getTime() - since.getTime() < removalExpectedMs) return null;
  return {
    params: { finalizers: asParam(removal.finalizers.join(", ")), count: removal.finalizers.length },
    since: since.toISOString(),
  };
}

function findRemovalOutside({ symptoms, vm }: CauseFacts): Finding | null {
  const isOurs = vm.status === "DELETING";
  return symptoms?.removal === undefined || isOurs ? null : { since: symptoms.removal.since ?? null };
}

/** What is due at a cluster that does as much as it may already. */
function findQueue({ operation, cluster }: CauseFacts): Finding | null {
  if (operation?.queuedAt == null) return null;
  return {
    params: { cluster: asParam(cluster.name) },
    since: operation.queuedAt.toISOString(),
    ...linkTo(operation.ticketId),
  };
}

const kubevirtDown =
  /error trying to reach service|service unavailable|failed calling webhook "[^"]{1,253}\.kubevirt\.io"|no endpoints available for service/;

function findDown(facts: CauseFacts): Finding | null {
  const found = says(kubevirtDown)(facts);
  return found === null ? null : { ...found, params: { cluster: asParam(facts.cluster.name) } };
}

function findMaintenance({ told, cluster }: CauseFacts): Finding | null {
  const one = told.find(({ reason }) => reason === "CLUSTER_MAINTENANCE");
  return one === undefined ? null : { params: { cluster: asParam(cluster.name) }, told: one };
}

function findRetrying({ operation, told }: CauseFacts): Finding | null {
  if (operation === null || operation.errorMessage === null) return null;
  const one = told.find(({ source }) => source === "operation");
  return { params: { attempt: operation.attempt }, ...(one && { told: one }), ...linkTo(operation.ticketId) };
}

/** The portal's own failures, by their codes. */
function failedWith(code: string): Cause["find"] {
  return (facts) => {
    const one = facts.told.find(({ reason, source }) => source !== "event" && reason === code);
    if (one === undefined) return null;
    return { told: one, since: one.at, ...linkTo(facts.failure?.ticketId) };
  };
}

function findFailure({ failure, vm, now, told }: CauseFacts): Finding | null {
  const isFailed = vm.status === "FAILED";
  const isRecent = failure !== null && now.getTime() - failure.endedAt.getTime() < failureRememberedMs;
  if (!isFailed && !isRecent) return null;
  const said = told.find(({ source }) => source === "operation") ?? failureWords(failure);
  const one = said ?? (isFailed ? told[0] : undefined);
  return {
    params: { words: asParam(one?.message ?? ""), hasWords: one === undefined ? "no" : "yes" },
    ...(one && { told: one }),
    since: (failure?.endedAt ?? vm.statusSince).toISOString(),
    ...linkTo(failure?.ticketId),
  };
}

function failureWords(failure: CauseFacts["failure"]): Finding["told"] {
  if (failure?.errorMessage == null) return undefined;
  const [, code = null, words] = /^([A-Z][A-Z_]+): ([^]*)$/.exec(failure.errorMessage) ?? [];
  const message = words ?? failure.errorMessage;
  return { source: "operation", name: null, reason: code, message, at: failure.endedAt.toISOString() };
}

function findWaiting(status: "APPROVED" | "PENDING"): Cause["find"] {
  return ({ waiting }) => {
    if (waiting?.status !== status) return null;
    const isDated = status === "APPROVED" && waiting.heldUntil !== null;
    if (status === "APPROVED" && !isDated) return null;
    return {
      params: {
        operation: waiting.operation,
        ...(isDated && waiting.heldUntil !== null ? { at: waiting.heldUntil.toISOString() } : {}),
      },
      ...linkTo(waiting.ticketId),
    };
  };
}

/** What makes everything else that is known too old, or beside the point. */
export const overridingCauses: readonly Cause[] = [
  {
    code: "gone_from_cluster",
    severity: "danger",
    remedy: "ask_again",
    find: ({ vm, cluster }) =>
      vm.status === "NOT_FOUND" ? { params: { cluster: asParam(cluster.name) } } : null,
  },
  { code: "cluster_unreachable", severity: "warning", remedy: "check_cluster", find: findUnreachable },
  { code: "deletion_held", severity: "warning", remedy: "clear_finalizers", find: findHeldRemoval },
  { code: "deleted_outside", severity: "danger", remedy: "ask_administrator", find: findRemovalOutside },
];

/** The portal's own words about an operation, where no cause of the cluster's was found. */
export const operationCauses: readonly Cause[] = [
  { code: "kubevirt_down", severity: "warning", remedy: "check_cluster", find: findDown },
  { code: "cluster_maintenance", severity: "info", remedy: "wait", find: findMaintenance },
  { code: "cluster_busy", severity: "progress", remedy: "wait", find: findQueue },
  { code: "name_taken", severity: "danger", remedy: "ask_again", find: failedWith("FOREIGN_OBJECT") },
  { code: "portal_quota", severity: "danger", remedy: "ask_quota", find: failedWith("QUOTA_EXCEEDED") },
  {
    code: "operation_timed_out",
    severity: "danger",
    remedy: "open_request",
    find: failedWith("OPERATION_TIMED_OUT"),
  },
  { code: "operation_retrying", severity: "warning", remedy: "wait_or_ask", find: findRetrying },
];

export const failureCause: Cause = {
  code: "operation_failed",
  severity: "danger",
  remedy: "open_request",
  find: findFailure,
};

export const waitingCauses: readonly Cause[] = [
  { code: "request_held", severity: "info", remedy: "open_request", find: findWaiting("APPROVED") },
  { code: "approval_pending", severity: "info", remedy: "open_request", find: findWaiting("PENDING") },
];
