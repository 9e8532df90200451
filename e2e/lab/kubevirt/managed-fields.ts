import { timestamp } from "./clock";
import type { Cause } from "./failures";
import { isEqual } from "./json";
import type { KubeObject, ManagedFieldsEntry } from "./objects";
import { asJson } from "./objects";
import type { Leaves } from "./schema/fields";
import { fromFieldsV1, leavesOf, printPath, toFieldsV1 } from "./schema/fields";
import type { Schema, Schemas } from "./schema/schemas";

export interface Manager {
  name: string;
  operation: "Apply" | "Update";
  subresource?: string | undefined;
}

interface Owner {
  entry: ManagedFieldsEntry;
  paths: Set<string>;
}

/** How the fields of an object are typed. */
export interface Typing {
  schemas: Schemas;
  schema: Schema | undefined;
}

export interface Change {
  /** Fields that are new or have another value. */
  changed: Set<string>;
  removed: Set<string>;
}

export function compareLeaves(before: Leaves, after: Leaves): Change {
  const changed = new Set<string>();
  const removed = new Set<string>();
  for (const [path, value] of after) {
    if (!before.has(path) || !isEqual(before.get(path), value)) changed.add(path);
  }
  for (const path of before.keys()) if (!after.has(path)) removed.add(path);
  return { changed, removed };
}

export function readOwners(object: KubeObject | undefined): Owner[] {
  return (object?.metadata.managedFields ?? []).map((entry) => ({
    entry,
    paths: fromFieldsV1(entry.fieldsV1),
  }));
}

export function isSameManager(entry: ManagedFieldsEntry, manager: Manager): boolean {
  return (
    entry.manager === manager.name &&
    entry.operation === manager.operation &&
    (entry.subresource ?? "") === (manager.subresource ?? "")
  );
}

/** Who owns what after an ordinary write: the writer takes what it changed, everybody loses what is gone. */
export function ownersAfterUpdate(
  { schemas, schema }: Typing,
  live: KubeObject | undefined,
  next: KubeObject,
  manager: Manager,
): ManagedFieldsEntry[] {
  const before = live ? leavesOf(schemas, schema, asJson(live)) : new Map();
  const { changed, removed } = compareLeaves(before, leavesOf(schemas, schema, asJson(next)));
  const owners = readOwners(live);
  if (changed.size === 0 && removed.size === 0) return owners.map((owner) => owner.entry);
  const own = owners.find(({ entry }) => isSameManager(entry, manager));
  const paths = new Set([...(own ? without(own, removed).paths : []), ...changed]);
  const mine: Owner = { entry: newEntry(manager, next.apiVersion), paths };
  return writeOwners(replaceOwner(owners, own, mine, [changed, removed]));
}

/** Who owns what after an apply: exactly the applied fields are the applier's. */
export function ownersAfterApply(
  live: KubeObject | undefined,
  { applied, taken, removed }: { applied: Set<string>; taken: Set<string>; removed: Set<string> },
  manager: Manager,
  apiVersion: string,
): ManagedFieldsEntry[] {
  const owners = readOwners(live);
  const own = owners.find(({ entry }) => isSameManager(entry, manager));
  const isUnchanged = own !== undefined && sameSet(own.paths, applied);
  const mine = isUnchanged ? own : { entry: newEntry(manager, apiVersion), paths: applied };
  return writeOwners(replaceOwner(owners, own, mine, [taken, removed]));
}

// The order of the entries stays, so that a write that changes nothing leaves the object equal to what it was.
function replaceOwner(owners: Owner[], own: Owner | undefined, mine: Owner, lost: Set<string>[]): Owner[] {
  const others = owners.map((owner) => (owner === own ? mine : without(owner, ...lost)));
  return own ? others : [...others, mine];
}

export function findConflicts(
  live: KubeObject | undefined,
  changed: Set<string>,
  manager: Manager,
): { entry: ManagedFieldsEntry; path: string }[] {
  return readOwners(live)
    .filter(({ entry }) => !isSameManager(entry, manager))
    .flatMap(({ entry, paths }) =>
      [...paths].filter((path) => changed.has(path)).map((path) => ({ entry, path })),
    )
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

export function conflictTexts(conflicts: { entry: ManagedFieldsEntry; path: string }[]): {
  message: string;
  causes: Cause[];
} {
  const causes = conflicts.map(({ entry, path }) => ({
    reason: "FieldManagerConflict",
    message: `conflict with ${printManager(entry)}`,
    field: printPath(path),
  }));
  const [only] = conflicts;
  if (only && conflicts.length === 1) {
    const text = `conflict with ${printManager(only.entry)}: ${printPath(only.path)}`;
    return { message: `Apply failed with 1 conflict: ${text}`, causes };
  }
  const managers = [...new Set(conflicts.map(({ entry }) => printManager(entry)))];
  const lines = managers.flatMap((name) => [
    `conflicts with ${name}:`,
    ...conflicts
      .filter(({ entry }) => printManager(entry) === name)
      .map(({ path }) => `- ${printPath(path)}`),
  ]);
  return { message: `Apply failed with ${conflicts.length} conflicts: ${lines.join("\n")}`, causes };
}

function printManager(entry: ManagedFieldsEntry): string {
  const subresource = entry.subresource ? ` with subresource ${JSON.stringify(entry.subresource)}` : "";
  const version = entry.operation === "Update" ? ` using ${entry.apiVersion}` : "";
  return `${JSON.stringify(entry.manager)}${subresource}${version}`;
}

function without(owner: Owner, ...lost: Set<string>[]): Owner {
  const paths = [...owner.paths].filter((path) => !lost.some((set) => set.has(path)));
  return { entry: owner.entry, paths: new Set(paths) };
}

function sameSet(left: Set<string>, right: Set<string>): boolean {
  return left.size === right.size && [...left].every((path) => right.has(path));
}

function newEntry(manager: Manager, apiVersion: string): ManagedFieldsEntry {
  return {
    manager: manager.name,
    operation: manager.operation,
    apiVersion,
    time: timestamp(),
    fieldsType: "FieldsV1",
    fieldsV1: {},
    ...(manager.subresource && { subresource: manager.subresource }),
  };
}

function writeOwners(owners: Owner[]): ManagedFieldsEntry[] {
  return owners
    .filter(({ paths }) => paths.size > 0)
    .map(({ entry, paths }) => ({ ...entry, fieldsV1: toFieldsV1(paths) }));
}
