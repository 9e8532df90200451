import { z } from "zod";
import { planCpu, planMemory, type Sizing } from "./sizing/rules";
import { valueAt, type LiveClaim, type LiveMachine } from "./live/rules";
import {
  diskField,
  diskOfField,
  isSame,
  type ModificationWish,
  type PlanReason,
  type PlanRow,
  type Settings,
} from "./schema";

type Json = Settings[string];

/** A change as it would be sent, with the verdict on each of its fields. */
export interface ModificationPlan {
  rows: PlanRow[];
  /** A merge patch of the machine's spec; empty where it already is as wished. */
  spec: Record<string, unknown>;
  /** The claims that are to ask for more, and from which size. */
  growths: (LiveClaim & { toGb: number })[];
  /** What is reserved of the processors afterwards; null where the manifest says nothing. */
  cpuRequest: number | null;
}

/**
 * The exact change from what the cluster has to what is wished, and what each part of it takes. Fields that already are
 * as wished are no part of it, so that the same change twice changes nothing the second time.
 */
export function planChange(live: LiveMachine, wish: ModificationWish): ModificationPlan {
  const parts = planParts(live, wish);
  const disks = planDisks(live, wish);
  const spec: Record<string, unknown> = {};
  for (const part of parts) for (const [path, value] of part.writes) setAt(spec, path, value);
  const growths = disks.flatMap(({ growth }) => growth ?? []);
  const templates = grownTemplates(live, growths);
  if (templates !== null) spec["dataVolumeTemplates"] = templates;
  return {
    rows: [...parts, ...disks].map(({ row }) => row),
    spec,
    growths,
    cpuRequest: parts.find(({ row }) => row.field === "cpuCores")?.cpuRequest ?? live.cpu.request,
  };
}

/** One part that waits for a restart makes KubeVirt hold back all others of the template. */
function planParts(live: LiveMachine, wish: ModificationWish): Sizing[] {
  const planned = (forced: boolean) => [
    ...planSizes(live, wish, { forced }),
    ...wish.paths.flatMap((one) => planPath(live, one, { forced })),
  ];
  const alone = planned(false);
  if (!alone.some(({ row }) => row.verdict === "restart")) return alone;
  const waiting = planned(true);
  return alone.map((part) => {
    if (part.row.verdict !== "live") return part;
    return waiting.find(({ row }) => row.field === part.row.field) ?? part;
  });
}

function planSizes(live: LiveMachine, wish: ModificationWish, options: { forced: boolean }): Sizing[] {
  const cpu = wish.cpu === undefined ? null : planCpu(live, wish.cpu, options);
  const memory = wish.memory === undefined ? null : planMemory(live, wish.memory, options);
  return [cpu, memory].filter((one) => one !== null);
}

/** What KubeVirt carries over to a running instance besides its size. */
const liveUpdatable = /^spec\.template\.spec\.(nodeSelector|affinity|tolerations)(\.|$)/;

function planPath(
  live: LiveMachine,
  wished: ModificationWish["paths"][number],
  { forced }: { forced: boolean },
): Sizing[] {
  const from = json.parse(valueAt({ spec: live.spec }, wished.path));
  if (isSame(from, wished.value)) return [];
  const base = { field: wished.path, from, to: wished.value, params: {}, refusal: null };
  // A list is replaced whole, which would undo what somebody else has put into it.
  if (Array.isArray(from) && !isSame(from, wished.before)) {
    return [{ row: { ...base, verdict: "impossible", reason: "changed_elsewhere" }, writes: [] }];
  }
  const writes: Sizing["writes"] = [[wished.path.replace(/^spec\./, ""), wished.value]];
  if (live.instance === null)
    return [{ row: { ...base, verdict: "live", reason: "machine_stopped" }, writes }];
  const obstacle = forced ? "with_others" : pathObstacle(live, wished.path);
  if (obstacle === null) return [{ row: { ...base, verdict: "live", reason: "hot_plug" }, writes }];
  return [{ row: { ...base, verdict: "restart", reason: obstacle }, writes }];
}

function pathObstacle(live: LiveMachine, path: string): PlanReason | null {
  if (live.restartRequired) return "pending_restart";
  return liveUpdatable.test(path) ? null : "template_field";
}

const json = z.json();

interface PlannedDisk {
  row: PlanRow;
  growth: ModificationPlan["growths"][number] | null;
}

function planDisks(live: LiveMachine, wish: ModificationWish): PlannedDisk[] {
  const root = wish.diskGb === undefined ? null : planDisk(live, live.claim, ["diskGb", wish.diskGb]);
  const others = (wish.disks ?? []).map(({ name, sizeGb }) => {
    const claim = live.disks?.find(({ volume }) => volume === name) ?? null;
    return planDisk(live, claim, [diskField(name), sizeGb]);
  });
  return [root, ...others].filter((one) => one !== null);
}

/** Null where the disk already is as large. */
function planDisk(
  live: LiveMachine,
  claim: LiveClaim | null,
  [field, wanted]: [string, number],
): PlannedDisk | null {
  const row = { field, from: claim?.sizeGb ?? null, to: wanted, params: {}, refusal: null };
  const impossible = (reason: PlanReason, params = {}): PlannedDisk => ({
    row: { ...row, params, verdict: "impossible", reason },
    growth: null,
  });
  if (claim === null) return impossible("no_volume");
  if (wanted === claim.sizeGb) return null;
  if (wanted < claim.sizeGb) return impossible("disk_shrinks");
  const params = { storageClass: claim.storageClass ?? "" };
  if (claim.isExpandable === false) return impossible("class_not_expandable", params);
  const growth = { ...claim, toGb: wanted };
  if (live.instance === null) return { row: { ...row, verdict: "live", reason: "machine_stopped" }, growth };
  if (live.expandsDisksLive) return { row: { ...row, verdict: "live", reason: "disk_grows" }, growth };
  return { row: { ...row, verdict: "restart", reason: "disk_seen_after_restart" }, growth };
}

const template = z.looseObject({
  metadata: z.looseObject({ name: z.string() }),
  spec: z.looseObject({
    storage: z
      .looseObject({ resources: z.looseObject({ requests: z.looseObject({ storage: z.unknown() }) }) })
      .optional(),
  }),
});

/** The volumes' templates follow, or a machine made again from this manifest would have the old disks. */
function grownTemplates(live: LiveMachine, growths: ModificationPlan["growths"]): unknown[] | null {
  const templates = live.spec["dataVolumeTemplates"];
  if (!Array.isArray(templates)) return null;
  let found = false;
  const grown = templates.map((one: unknown) => {
    const parsed = template.safeParse(one);
    if (!parsed.success) return one;
    const { storage } = parsed.data.spec;
    const growth = growths.find(({ name }) => name === parsed.data.metadata.name);
    if (growth === undefined || storage === undefined) return one;
    const storageText = `${growth.toGb}Gi`;
    if (storage.resources.requests.storage === storageText) return one;
    found = true;
    const requests = { ...storage.resources.requests, storage: storageText };
    const resources = { ...storage.resources, requests };
    return { ...parsed.data, spec: { ...parsed.data.spec, storage: { ...storage, resources } } };
  });
  return found ? grown : null;
}

function setAt(root: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split(".");
  const last = keys.pop();
  if (last === undefined) return;
  let parent = root;
  for (const key of keys) {
    const member = Object.hasOwn(parent, key) ? parent[key] : undefined;
    const isRecord = typeof member === "object" && member !== null && !Array.isArray(member);
    // An object that is no list is a record.
    const next = isRecord ? (member as Record<string, unknown>) : {};
    Object.defineProperty(parent, key, { value: next, enumerable: true, writable: true, configurable: true });
    parent = next;
  }
  Object.defineProperty(parent, last, { value, enumerable: true, writable: true, configurable: true });
}

/** Which of a change's fields are no longer as they were when it was approved, and not yet as it wishes them. */
export function changedSince(
  base: Settings,
  facts: Settings,
  wished: Settings,
): { field: string; approved: Json; live: Json }[] {
  return Object.entries(base).flatMap(([field, approved]) => {
    const live = facts[field] ?? null;
    if (isSame(live, approved) || isSame(live, wished[field])) return [];
    return [{ field, approved, live }];
  });
}

/** Field → value of what a wish changes. */
export function wishedFacts(wish: ModificationWish): Settings {
  return {
    ...(wish.cpu === undefined ? {} : { cpuCores: wish.cpu.cores }),
    ...(wish.memory === undefined ? {} : { memoryGi: wish.memory.gi }),
    ...(wish.diskGb === undefined ? {} : { diskGb: wish.diskGb }),
    ...Object.fromEntries((wish.disks ?? []).map(({ name, sizeGb }) => [diskField(name), sizeGb])),
    ...Object.fromEntries(wish.paths.map(({ path, value }) => [path, value])),
  };
}

/** The refusals of the cluster's admission, each at the field it speaks of. */
export function placeRefusals(rows: PlanRow[], causes: { field: string; message: string }[]): PlanRow[] {
  return rows.map((row) => {
    const said = causes.filter(({ field }) => speaksOf(field, row.field)).map(({ message }) => message);
    return said.length === 0 ? row : { ...row, refusal: said.join(" ") };
  });
}

const pathsOfField: Record<string, RegExp> = {
  cpuCores: /domain\.(cpu|resources\.(requests|limits)\.cpu)/,
  memoryGi: /domain\.(memory|resources\.(requests|limits)\.memory)/,
  diskGb: /storage|dataVolumeTemplates/,
};

function speaksOf(causeField: string, field: string): boolean {
  const known = diskOfField(field) === null ? field : "diskGb";
  const pattern = Object.hasOwn(pathsOfField, known) ? pathsOfField[known] : undefined;
  return pattern === undefined ? causeField.startsWith(field) : pattern.test(causeField);
}
