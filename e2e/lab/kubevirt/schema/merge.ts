import type { Json, JsonObject } from "../json";
import { isObject } from "../json";
import type { FieldPath } from "./fields";
import { splitPath, stepTo } from "./fields";
import type { Schema, Schemas } from "./schemas";

/** Lays the applied object over the live one: maps member by member, keyed lists by key, the rest replaced. */
export function mergeApplied(
  schemas: Schemas,
  declared: Schema,
  live: Json | undefined,
  applied: Json,
): Json {
  const schema = schemas.resolve(declared);
  if (isObject(applied)) {
    if (!isObject(live)) return applied;
    const merged: JsonObject = { ...live };
    for (const [key, value] of Object.entries(applied)) {
      const member = schema.properties?.[key] ?? schema.additionalProperties ?? {};
      if (value !== undefined) merged[key] = mergeApplied(schemas, member, live[key], value);
    }
    return merged;
  }
  const listType = schema["x-kubernetes-list-type"];
  if (!Array.isArray(applied) || !Array.isArray(live) || listType === undefined || listType === "atomic")
    return applied;
  return mergeKeyedList(schemas, schema, live, applied);
}

function mergeKeyedList(schemas: Schemas, schema: Schema, live: Json[], applied: Json[]): Json[] {
  const byStep = new Map(live.map((element) => [stepTo(schema, element), element]));
  for (const element of applied) {
    const step = stepTo(schema, element);
    byStep.set(step, mergeApplied(schemas, schema.items ?? {}, byStep.get(step), element));
  }
  return [...byStep.values()];
}

/** Takes one field out, and the maps around it that this leaves empty. */
export function removeField(schemas: Schemas, schema: Schema, root: JsonObject, key: string): JsonObject {
  const removed = removeAt(schemas, schema, root, splitPath(key));
  return isObject(removed) ? removed : {};
}

function removeAt(schemas: Schemas, declared: Schema, value: Json, path: FieldPath): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return undefined;
  const schema = schemas.resolve(declared);
  if (Array.isArray(value)) {
    const kept = value.flatMap((element) => {
      if (stepTo(schema, element) !== step) return [element];
      const below = removeAt(schemas, schema.items ?? {}, element, rest);
      return below === undefined ? [] : [below];
    });
    return kept.length > 0 ? kept : undefined;
  }
  const name = step.slice(2);
  if (!isObject(value)) return value;
  const member = value[name];
  if (member === undefined) return value;
  const declaredMember = schema.properties?.[name] ?? schema.additionalProperties ?? {};
  const below = removeAt(schemas, declaredMember, member, rest);
  const { [name]: _, ...others } = value;
  if (below !== undefined) return { ...value, [name]: below };
  return Object.keys(others).length > 0 ? others : undefined;
}
