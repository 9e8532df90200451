import { z } from "zod";
import { findField, valueProblems } from "@/lib/catalog/fields/rules";
import type { FieldNode, FieldType } from "@/lib/catalog/fields/schema";
import { AppError, type FieldError } from "@/lib/core/errors";
import { fieldConstraint, fieldLayers, type FieldConstraint, type OfferedField } from "../schema";

/** The layer columns of a template's row, as the database gives them. */
export interface FieldLayers {
  quickFields: unknown;
  advancedFields: unknown;
  professionalFields: unknown;
  fieldDefaults: unknown;
  fieldConstraints: unknown;
}

type Json = z.output<ReturnType<typeof z.json>>;

/** The one field that is no path of the machine: the size of its root disk. */
export const diskKey = "disk_gb";

const keys = z.array(z.string());
const parsedLayers = z.object({
  quickFields: keys,
  advancedFields: keys,
  professionalFields: keys,
  fieldDefaults: z.record(z.string(), z.json()),
  fieldConstraints: z.record(z.string(), fieldConstraint),
});

/** The fields that whoever asks may set, in the form's order. */
export function offeredFields(template: FieldLayers, root: FieldNode): OfferedField[] {
  const layers = parsedLayers.parse(template);
  return fieldLayers.flatMap((layer) =>
    layers[`${layer}Fields`].map((key) => {
      const node = key === diskKey ? null : findField(root, key);
      return {
        key,
        layer,
        type: key === diskKey ? "integer" : (node?.type ?? "string"),
        options: node?.options ?? [],
        default: own(layers.fieldDefaults, key) ?? null,
        constraint: own(layers.fieldConstraints, key) ?? null,
      };
    }),
  );
}

/** What a person can answer in one word; lists and objects are the template's own to give. */
const askable: readonly FieldType[] = ["integer", "number", "string", "boolean", "quantity", "enum"];

export function isAskable({ type }: FieldNode): boolean {
  return askable.includes(type);
}

export interface SettledFields {
  /** Path → value, to lie over the manifest. */
  overrides: Record<string, Json>;
  diskGb?: number;
}

/**
 * The template's defaults under what a requester chose. `root` adds the check of the values' types.
 * @throws VALIDATION_FAILED on fields.<key>: not offered, outside its constraint, of the wrong type
 */
export function settleFields(
  template: FieldLayers,
  values: Record<string, Json>,
  root?: FieldNode,
): SettledFields {
  const layers = parsedLayers.parse(template);
  const offered = new Set([...layers.quickFields, ...layers.advancedFields, ...layers.professionalFields]);
  const problems = Object.entries(values).flatMap(([key, value]) =>
    offered.has(key)
      ? valueRefusals(key, value, own(layers.fieldConstraints, key))
      : [refusal(key, "field_not_offered")],
  );
  const settled = split({ ...layers.fieldDefaults, ...values });
  if (root !== undefined) problems.push(...typeRefusals(root, settled.overrides));
  if (problems.length > 0) throw new AppError("VALIDATION_FAILED", {}, problems);
  return settled;
}

function split(all: Record<string, Json>): SettledFields {
  const { [diskKey]: disk, ...overrides } = all;
  return typeof disk === "number" ? { overrides, diskGb: disk } : { overrides };
}

/** Wrong types by KubeVirt's schema; each stands at the field that was set. */
export function typeRefusals(root: FieldNode, overrides: Record<string, Json>): FieldError[] {
  return valueProblems(root, overrides).map(({ path, code, params }) => refusal(path, code, params));
}

function refusal(key: string, code: string, params: Record<string, unknown> = {}): FieldError {
  return { field: `fields.${key}`, code, params };
}

/** What a constraint says of a value; minimum and maximum bound a number, and the length of no text. */
export function valueRefusals(
  key: string,
  value: Json,
  constraint: FieldConstraint | undefined,
): FieldError[] {
  if (value === null) return [refusal(key, "required")];
  if (key === diskKey && (typeof value !== "number" || !Number.isInteger(value) || value < 1))
    return [refusal(key, "wrong_type", { type: "integer" })];
  if (constraint === undefined) return [];
  const { min, max, options } = constraint;
  if (options !== undefined && !options.some((option) => option === value))
    return [refusal(key, "not_an_option", { options: options.join(", ") })];
  if (min === undefined && max === undefined) return [];
  if (typeof value !== "number") return [refusal(key, "wrong_type", { type: "number" })];
  if (min !== undefined && value < min) return [refusal(key, "too_small", { minimum: min })];
  if (max !== undefined && value > max) return [refusal(key, "too_large", { maximum: max })];
  return [];
}

/** Hardware is the size's alone; a template that speaks of it would override what was approved (spec §5.7). */
const hardware =
  /(^|\.)(domain|cpu|memory|resources|instancetype|preference|hugepages|gpus|hostDevices)([.[{]|$)|(^|[._])(requires_[a-z]|dedicated_?cpu|hugepages_?size|gpu_?devices|cpu_?(cores|request)|memory_?(gi|request)|sriov_?networks)/i;

/** @throws TEMPLATE_SPEC_VIOLATION on the first hardware path in fields, defaults or constraints */
export function requireNoHardware(layers: z.output<typeof parsedLayers>): void {
  for (const { key } of spokenKeys(layers)) {
    if (hardware.test(key)) throw new AppError("TEMPLATE_SPEC_VIOLATION", { path: key });
  }
  for (const [key, value] of Object.entries(layers.fieldDefaults)) {
    const inside = pathsInside(key, value).find((path) => hardware.test(path));
    if (inside !== undefined) throw new AppError("TEMPLATE_SPEC_VIOLATION", { path: inside });
  }
}

/** Whether a template may speak of the path at all: for the editor's list of fields. */
export function isHardware(path: string): boolean {
  return hardware.test(path);
}

interface SpokenKey {
  member: string;
  key: string;
}

/** Every path that a template's layers name, the disk's aside. */
export function pathsOf(template: FieldLayers): string[] {
  const keys = spokenKeys(parsedLayers.parse(template)).map(({ key }) => key);
  return [...new Set(keys)].filter((key) => key !== diskKey);
}

function spokenKeys(layers: z.output<typeof parsedLayers>): SpokenKey[] {
  const lists = fieldLayers.flatMap((layer) =>
    layers[`${layer}Fields`].map((key) => ({ member: `${layer}Fields`, key })),
  );
  const defaults = Object.keys(layers.fieldDefaults).map((key) => ({ member: "fieldDefaults", key }));
  const constraints = Object.keys(layers.fieldConstraints).map((key) => ({
    member: "fieldConstraints",
    key,
  }));
  return [...lists, ...defaults, ...constraints];
}

function pathsInside(path: string, value: Json, depth = 0): string[] {
  if (value === null || typeof value !== "object" || depth > 20) return [];
  const inner = Array.isArray(value)
    ? value.map((item): [string, Json] => [`${path}[]`, item])
    : Object.entries(value).map(([key, item]): [string, Json] => [`${path}.${key}`, item]);
  return inner.flatMap(([at, item]) => [at, ...pathsInside(at, item, depth + 1)]);
}

/**
 * Layers as an editor may save them: known fields only, each once, no hardware, defaults that keep their own constraints.
 * @throws TEMPLATE_SPEC_VIOLATION, VALIDATION_FAILED
 */
export function requireFieldLayers(template: FieldLayers, root: FieldNode): void {
  const layers = parsedLayers.parse(template);
  requireNoHardware(layers);
  const problems = [
    ...unknownKeys(layers, root),
    ...unaskableKeys(layers, root),
    ...repeatedKeys(layers),
    ...emptyConstraints(layers),
    ...Object.entries(layers.fieldDefaults).flatMap(([key, value]) =>
      valueRefusals(key, value, own(layers.fieldConstraints, key)).map(asDefault),
    ),
    ...typeRefusals(root, split(layers.fieldDefaults).overrides).map(asDefault),
  ];
  if (problems.length > 0) throw new AppError("VALIDATION_FAILED", {}, problems);
}

/** Items of lists have no path of their own to be set by. */
function unknownKeys(layers: z.output<typeof parsedLayers>, root: FieldNode): FieldError[] {
  return spokenKeys(layers)
    .filter(({ key }) => key !== diskKey && (/[[\]{}]/.test(key) || findField(root, key) === null))
    .map(({ member, key }) => ({ field: member, code: "field_unknown", params: { path: key } }));
}

function unaskableKeys(layers: z.output<typeof parsedLayers>, root: FieldNode): FieldError[] {
  return spokenKeys(layers)
    .filter(({ member }) => member.endsWith("Fields"))
    .filter(({ key }) => {
      const node = key === diskKey ? null : findField(root, key);
      return node !== null && !isAskable(node);
    })
    .map(({ member, key }) => ({ field: member, code: "field_not_askable", params: { path: key } }));
}

function repeatedKeys(layers: z.output<typeof parsedLayers>): FieldError[] {
  const seen = new Set<string>();
  return spokenKeys(layers).flatMap(({ member, key }) => {
    if (!member.endsWith("Fields")) return [];
    if (seen.has(key)) return [{ field: member, code: "field_twice", params: { path: key } }];
    seen.add(key);
    return [];
  });
}

/** A range without a number in it lets nobody ask. */
function emptyConstraints(layers: z.output<typeof parsedLayers>): FieldError[] {
  return Object.entries(layers.fieldConstraints)
    .filter(([, { min, max }]) => min !== undefined && max !== undefined && min > max)
    .map(([path]) => ({ field: "fieldConstraints", code: "range_empty", params: { path } }));
}

function asDefault({ field, code, params }: FieldError): FieldError {
  const path = field.replace(/^fields\./, "");
  return { field: "fieldDefaults", code: "default_refused", params: { path, problem: code, ...params } };
}

/** A record from outside has no prototype's members. */
function own<Value>(record: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
