import { launchCauses, launchFailed } from "./launch/rules";
import { placementCauses } from "./placement/rules";
import { failureCause, operationCauses, overridingCauses, waitingCauses } from "./portal/rules";
import { brokenCauses, standingCauses } from "./running/rules";
import type { CauseCode, CauseParams, ExplainedFacts, Explanation, Remedy, Room, Told } from "./schema";
import { fillingCauses, storageCauses } from "./storage/rules";
import { asParam, toldOf, type Cause, type CauseFacts, type Finding } from "./words/rules";

/** Most telling first; the first that holds explains the machine. */
export const causes: readonly Cause[] = [
  ...overridingCauses,
  ...brokenCauses,
  ...storageCauses,
  ...launchCauses,
  ...placementCauses,
  ...operationCauses,
  launchFailed,
  ...fillingCauses,
  failureCause,
  ...standingCauses,
  ...waitingCauses,
];

const rawMax = 6;

/** Why the machine is as it is, or null where there is nothing to say. Pure. */
export function explainVm(facts: ExplainedFacts): Explanation | null {
  const known: CauseFacts = { ...facts, told: toldOf(facts) };
  for (const cause of causes) {
    const found = cause.find(known);
    if (found !== null) return describe(cause, found, known);
  }
  return null;
}

/** Whether an explanation would say more if it knew what other clusters have free. */
export function needsRooms(explanation: Explanation | null, facts: ExplainedFacts): boolean {
  return (
    explanation !== null && facts.rooms === null && wanted(explanation.code, explanation.params) !== null
  );
}

function describe(cause: Cause, found: Finding, facts: CauseFacts): Explanation {
  const params = found.params ?? {};
  return {
    code: cause.code,
    params,
    severity: cause.severity,
    remedy: remedyOf(cause, found, facts),
    raw: rawOf(found.told, facts.told).map((one) => (facts.mayNameClusters ? one : withoutNames(one))),
    since: found.since ?? facts.vm.statusSince.toISOString(),
  };
}

function remedyOf(cause: Cause, { params = {}, link = null }: Finding, facts: CauseFacts): Remedy | null {
  const elsewhere = elsewhereOf(wanted(cause.code, params), facts);
  if (elsewhere !== null) return elsewhere;
  if (cause.remedy === null) return null;
  const isHidden = link?.to === "cluster" && !facts.mayNameClusters;
  const own = cause.remedy === "look_at_console" ? { to: "console" as const, id: facts.vm.id } : null;
  return { code: cause.remedy, params: {}, link: isHidden ? null : (link ?? own) };
}

/** What the machine would need of another cluster; null where another cluster does not help. */
function wanted(code: CauseCode, params: CauseParams): string | null {
  if (code === "no_cpu_free") return "cpu";
  if (code === "no_memory_free") return "memory";
  if (code !== "no_device_free" && code !== "device_not_permitted") return null;
  return typeof params["resource"] === "string" ? params["resource"] : null;
}

function elsewhereOf(resource: string | null, { rooms, vm, mayNameClusters }: CauseFacts): Remedy | null {
  if (resource === null || rooms === null) return null;
  const least = resource === "cpu" ? vm.cpuCores : resource === "memory" ? vm.memoryGi : 1;
  const open = rooms.filter(({ free }) => (free[resource] ?? 0) >= least);
  if (open.length === 0) return null;
  if (!mayNameClusters) return { code: "elsewhere", params: { count: open.length }, link: null };
  const places = open.map((room) => placeOf(room, resource)).join(", ");
  return { code: "elsewhere_named", params: { places: asParam(places) }, link: null };
}

function placeOf({ clusterName, free }: Room, resource: string): string {
  const unit = resource === "memory" ? " GiB" : "";
  return `${clusterName} (${Math.floor(free[resource] ?? 0)}${unit})`;
}

function rawOf(first: Told | undefined, told: Told[]): Told[] {
  const others = told.filter((one) => one !== first && one.message !== "");
  return [...(first === undefined || first.message === "" ? [] : [first]), ...others].slice(0, rawMax);
}

/** The words of an event name nodes and pods. */
function withoutNames(told: Told): Told {
  return told.source === "event" ? { ...told, name: null, message: "" } : told;
}
