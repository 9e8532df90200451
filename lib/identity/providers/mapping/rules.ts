import { AppError } from "@/lib/core/errors";
import type { MappingDraft, SampleField } from "./schema";

const samplesShown = 5;

/** Fields of a few people, to choose from: what kind each is, some of its values, and how many different ones there are. */
export function fieldsOf(people: readonly Record<string, unknown>[]): SampleField[] {
  const names = [...new Set(people.flatMap((attributes) => Object.keys(attributes)))].sort();
  return names.map((name) =>
    fieldOf(
      name,
      people.filter((one) => name in one).map((one) => one[name]),
    ),
  );
}

function fieldOf(name: string, values: readonly unknown[]): SampleField {
  const texts = values.flatMap((value) => (Array.isArray(value) ? value.map(String) : [String(value)]));
  const unique = [...new Set(texts)];
  return {
    name,
    type: typeOf(values),
    sample: unique.slice(0, samplesShown),
    uniqueCount: unique.length,
    presentCount: values.length,
  };
}

function typeOf(values: readonly unknown[]): SampleField["type"] {
  if (values.some((value) => Array.isArray(value))) return "list";
  const [first] = values;
  if (typeof first === "number") return "number";
  if (typeof first === "boolean") return "boolean";
  return first !== null && typeof first === "object" ? "object" : "text";
}

/** Where a mapping's role holds, as it stands in rows. */
export function placeOf({ systemId }: Pick<MappingDraft, "systemId">) {
  return systemId === null
    ? ({ scopeType: "global", scopeId: null } as const)
    : ({ scopeType: "system", scopeId: systemId } as const);
}

export function alreadyMapped(): AppError {
  return new AppError("ALREADY_EXISTS", { type: "mapping" });
}
