import type { ObservedCondition, VmObservation } from "../observation";
import { vmSymptoms, type ToldCondition, type VmSymptoms, type VolumeTrouble } from "./schema";

const quietStatuses = new Set(["Running", "Stopped", "Paused", "Migrating"]);
const finalStatuses = new Set(["Stopped"]);

interface Telling {
  type: string;
  status: string;
  /** Also of a machine that runs or stands still. */
  always?: true;
}

/** Most telling first: each of these, in this state, says what is wrong or why a machine does not get on. */
const tellingConditions: readonly Telling[] = [
  { type: "Failure", status: "True", always: true },
  { type: "ManualRecoveryRequired", status: "True", always: true },
  { type: "Paused", status: "True", always: true },
  { type: "PodScheduled", status: "False" },
  { type: "Synchronized", status: "False", always: true },
  { type: "AccessCredentialsSynchronized", status: "False", always: true },
  { type: "DataVolumesReady", status: "False" },
  { type: "Ready", status: "False" },
];

const nameLengthMax = 253;
const reasonLengthMax = 200;
const messageLengthMax = 1_000;
const sentenceLengthMax = 500;
const volumesMax = 8;
const finalizersMax = 8;

/** What the row has, whoever wrote it. */
export function readSymptoms(stored: unknown): VmSymptoms | null {
  return stored === null || stored === undefined ? null : (vmSymptoms.safeParse(stored).data ?? null);
}

/** The machine's own part is replaced, the others stay. */
export function symptomsOfMachine(before: unknown, seen: VmObservation): VmSymptoms | null {
  const { conditions: _conditions, startFailure: _failure, removal: _removal, ...kept } = partsOf(before);
  const conditions = toldConditions(seen);
  const { startFailure } = seen;
  return orNull({
    ...kept,
    ...(conditions.length === 0 ? {} : { conditions }),
    ...(startFailure === undefined ? {} : { startFailure }),
    ...(seen.terminating ? { removal: removalOf(seen) } : {}),
  });
}

/** Of the running instance: why it failed, and what became of its last migration where that failed. */
export function symptomsOfInstance(before: unknown, seen: VmObservation): VmSymptoms | null {
  const { instance: _instance, ...kept } = partsOf(before);
  if (seen.deleted) return orNull(kept);
  const { failure, failedMigration: migration } = seen;
  const instance = {
    ...(failure === undefined ? {} : { reason: cut(failure, reasonLengthMax) }),
    ...(migration === undefined ? {} : { migration: boundedMigration(migration) }),
  };
  return orNull({ ...kept, ...(Object.keys(instance).length === 0 ? {} : { instance }) });
}

/** Of one volume; a removal that names none takes all of them along. */
export function symptomsOfVolume(before: unknown, seen: VmObservation): VmSymptoms | null {
  const { volumes = {}, ...kept } = partsOf(before);
  const { volumeName, volumeTrouble } = seen;
  if (volumeName === undefined) return orNull(seen.deleted ? kept : partsOf(before));
  const { [volumeName]: _gone, ...others } = volumes;
  const isTold = !seen.deleted && volumeTrouble !== undefined && Object.keys(others).length < volumesMax;
  const next = isTold
    ? { ...others, [cut(volumeName, nameLengthMax)]: boundedVolume(volumeTrouble) }
    : others;
  return orNull({ ...kept, ...(Object.keys(next).length === 0 ? {} : { volumes: next }) });
}

/** The cluster's own words for why a machine is stuck; null where nothing is wrong. */
export function sentenceFor(clusterStatus: string | null, symptoms: VmSymptoms | null): string | null {
  if (clusterStatus === null || symptoms === null) return null;
  const conditions = symptoms.conditions ?? [];
  const isQuiet = quietStatuses.has(clusterStatus);
  const said = isQuiet
    ? conditions.filter(({ type }) => type === "Failure")
    : [
        ...conditions.filter(({ type }) => type !== "Ready"),
        ...Object.values(symptoms.volumes ?? {}),
        // That it is not ready is what everything else explains.
        ...conditions.filter(({ type }) => type === "Ready"),
      ];
  const message = said.find((one) => one.message !== undefined && one.message !== "")?.message;
  return message === undefined ? null : cut(message, sentenceLengthMax);
}

/** A database keeps members in an order of its own. */
export function areSame(before: unknown, after: unknown): boolean {
  if (before === after) return true;
  if (before === null || after === null) return false;
  return sorted(before) === sorted(after);
}

function sorted(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    member !== null && typeof member === "object" && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

function toldConditions({ printableStatus = "", conditions }: VmObservation): ToldCondition[] {
  const isQuiet = quietStatuses.has(printableStatus);
  const isFinal = finalStatuses.has(printableStatus);
  return tellingConditions.flatMap(({ type, status, always }) => {
    if (isQuiet && always !== true) return [];
    // What an instance that is gone could not do is no trouble of a machine that stands still.
    if (isFinal && type !== "Failure" && type !== "ManualRecoveryRequired") return [];
    const found = conditions.find((condition) => condition.type === type && condition.status === status);
    return found === undefined ? [] : [bounded(found)];
  });
}

function bounded({ type, status, reason, message, since }: ObservedCondition): ToldCondition {
  return {
    type,
    status,
    ...(reason === undefined ? {} : { reason: cut(reason, reasonLengthMax) }),
    ...(message === undefined ? {} : { message: cut(message, messageLengthMax) }),
    ...(since === undefined ? {} : { since }),
  };
}

function boundedVolume({ phase, reason, message }: VolumeTrouble): VolumeTrouble {
  return {
    phase: cut(phase, reasonLengthMax),
    ...(reason === undefined ? {} : { reason: cut(reason, reasonLengthMax) }),
    ...(message === undefined ? {} : { message: cut(message, messageLengthMax) }),
  };
}

function boundedMigration({ reason, endedAt }: NonNullable<VmObservation["failedMigration"]>) {
  return {
    ...(reason === undefined ? {} : { reason: cut(reason, messageLengthMax) }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function removalOf({ removalSince, finalizers = [] }: VmObservation) {
  return {
    ...(removalSince === undefined ? {} : { since: removalSince }),
    finalizers: finalizers.slice(0, finalizersMax).map((name) => cut(name, nameLengthMax)),
  };
}

function partsOf(before: unknown): VmSymptoms {
  return readSymptoms(before) ?? {};
}

function orNull(symptoms: VmSymptoms): VmSymptoms | null {
  return Object.keys(symptoms).length === 0 ? null : symptoms;
}

/** JSON in a database has room for neither NUL nor half a character, which a cut may leave. */
function cut(text: string, lengthMax: number): string {
  return text.replaceAll("\0", "").slice(0, lengthMax).toWellFormed();
}
