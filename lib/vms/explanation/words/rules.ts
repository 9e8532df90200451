import type { CauseCode, CauseParams, ExplainedFacts, Remedy, RemedyCode, Severity, Told } from "../schema";

/** One row of the table: what it is called, how bad it is, what helps, and how it shows. */
export interface Cause {
  code: CauseCode;
  severity: Severity;
  remedy: RemedyCode | null;
  find: (facts: CauseFacts) => Finding | null;
}

export interface CauseFacts extends ExplainedFacts {
  told: Told[];
}

export interface Finding {
  params?: CauseParams;
  /** The words that led to it. */
  told?: Told;
  since?: string | null;
  link?: Remedy["link"];
}

const paramLengthMax = 120;
const messageLengthMax = 1_000;
const toldMax = 40;
const quietStates = new Set(["RUNNING", "STOPPED", "PAUSED", "MIGRATING", "NOT_FOUND"]);
/** What a cluster reports a moment before the portal sees the state that it led to. */
const aheadMs = 120_000;

/** Cluster text as it may stand in a sentence: short, on one line, with nothing that could not be seen. */
export function asParam(text: string): string {
  const line = clean(text).replaceAll(/\s+/g, " ").trim();
  return (line.length > paramLengthMax ? `${line.slice(0, paramLengthMax - 1)}…` : line).toWellFormed();
}

/** What has no name is said without one. */
export function asName(text: string | null | undefined): string {
  return asParam(text ?? "") || "none";
}

function clean(text: string): string {
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** Everything that was said, most telling first. */
export function toldOf(facts: ExplainedFacts): Told[] {
  return [...ofMachine(facts), ...ofVolumes(facts), ...ofOperation(facts), ...ofEvents(facts)]
    .map((one) => ({ ...one, message: clean(one.message).slice(0, messageLengthMax).toWellFormed() }))
    .slice(0, toldMax);
}

function ofMachine({ symptoms, vm }: ExplainedFacts): Told[] {
  const conditions = (symptoms?.conditions ?? []).map(({ type, reason, message, since }): Told => {
    const named = reason === undefined || reason === "" ? type : `${type}/${reason}`;
    return { source: "machine", name: null, reason: named, message: message ?? "", at: since ?? null };
  });
  const isSaid = conditions.some(({ message }) => message.startsWith(vm.statusMessage ?? ""));
  if (vm.statusMessage === null || isSaid) return conditions;
  return [...conditions, { ...inWords(vm.statusMessage), source: "machine", at: null }];
}

function ofVolumes({ symptoms }: ExplainedFacts): Told[] {
  return Object.entries(symptoms?.volumes ?? {}).map(([name, { phase, reason, message }]) => ({
    source: "volume",
    name,
    reason: reason ?? phase,
    message: message ?? "",
    at: null,
  }));
}

function ofOperation({ operation, failure, vm }: ExplainedFacts): Told[] {
  const said: Told[] = [];
  if (operation?.errorMessage != null) said.push({ ...inWords(operation.errorMessage), at: null });
  if (failure?.errorMessage != null && !quietStates.has(vm.status))
    said.push({ ...inWords(failure.errorMessage), at: failure.endedAt.toISOString() });
  return said;
}

function ofEvents({ events, vm }: ExplainedFacts): Told[] {
  if (quietStates.has(vm.status)) return [];
  const from = vm.statusSince.getTime() - aheadMs;
  return events
    .filter(({ type, lastAt }) => type === "Warning" && lastAt.getTime() >= from)
    .map(({ objectName, reason, message, lastAt }) => ({
      source: "event",
      name: objectName,
      reason,
      message,
      at: lastAt.toISOString(),
    }));
}

/** A failure of ours is written as its code and the cluster's words. */
function inWords(message: string): Told {
  const [, code, words] = /^([A-Z][A-Z_]+): ([\s\S]*)$/.exec(message) ?? [];
  return { source: "operation", name: null, reason: code ?? null, message: words ?? message, at: null };
}

type Naming = (match: RegExpExecArray, told: Told) => CauseParams;

/** A cause that shows in somebody's words. */
export function says(
  pattern: RegExp,
  name: Naming = () => ({}),
  by: (told: Told) => boolean = () => true,
): Cause["find"] {
  return ({ told }) => {
    for (const one of told) {
      if (!by(one)) continue;
      const match = pattern.exec(one.message);
      if (match !== null) return { params: bounded(name(match, one)), told: one, since: one.at };
    }
    return null;
  };
}

function bounded(params: CauseParams): CauseParams {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === "string" ? asParam(value) : value]),
  );
}

export function isVolume({ source }: Told): boolean {
  return source === "volume";
}

/** Said by a cluster, not by the portal itself. */
export function isClusters({ source }: Told): boolean {
  return source !== "operation";
}
