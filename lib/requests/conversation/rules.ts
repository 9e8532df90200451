import type { z } from "zod";
import { fieldRefused } from "@/lib/core/errors";
import type { AnyOperation } from "@/lib/vocabulary/operations";
import type { Changes, RevisionChange } from "./schema";

type Json = z.output<ReturnType<typeof z.json>>;
type Asked = Record<string, Json>;
type ChangeName = keyof Changes;

const ofCreation: readonly ChangeName[] = [
  "reason",
  "templateId",
  "instanceSizeId",
  "targetCpuCores",
  "targetMemoryGi",
  "targetDiskGb",
  "fields",
];

/** What of a request its requester may still change; where it goes is another request. */
function changeableOf(operation: AnyOperation): readonly ChangeName[] {
  switch (operation) {
    case "CREATE_VM":
      return ofCreation;
    case "VNC_ACCESS":
      return ["reason", "minutes"];
    case "SYSTEM_ACCESS":
      return ["reason", "role", "days"];
    case "EXTEND_VM":
      return ["reason", "days"];
    default:
      return ["reason"];
  }
}

/** What is asked for with the changes made; a member that this operation does not let one change is refused by name. */
export function applyChanges(operation: AnyOperation, asked: Asked, changes: Changes): Asked {
  const allowed = changeableOf(operation);
  const given = Object.entries(changes).flatMap(([name, value]): [string, Json][] =>
    value === undefined ? [] : [[name, value]],
  );
  const foreign = given.find(([name]) => !allowed.some((each) => each === name));
  if (foreign !== undefined) throw fieldRefused(foreign[0], "unknown_field");
  const taken = given.filter(([, value]) => value === null).map(([name]) => name);
  const merged = { ...asked, ...Object.fromEntries(given) };
  return Object.fromEntries(Object.entries(merged).filter(([name]) => !taken.includes(name)));
}

/** Member by member, one level into records. */
export function differencesOf(before: Asked, after: Asked): RevisionChange[] {
  const flatBefore = flatten(before);
  const flatAfter = flatten(after);
  return [...new Set([...flatBefore.keys(), ...flatAfter.keys()])]
    .sort()
    .map((path) => ({
      path,
      before: flatBefore.get(path) ?? null,
      after: flatAfter.get(path) ?? null,
    }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

/** More words about the same wish leave what was decided about it in force. */
export function asksOtherwise(differences: readonly RevisionChange[]): boolean {
  return differences.some(({ path }) => path !== "reason");
}

function flatten(asked: Asked): Map<string, Json> {
  const entries = Object.entries(asked).flatMap(([name, value]): [string, Json][] =>
    isRecord(value)
      ? Object.entries(value).map(([member, inner]): [string, Json] => [`${name}.${member}`, inner])
      : [[name, value]],
  );
  return new Map(entries);
}

function isRecord(value: Json): value is Record<string, Json> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
