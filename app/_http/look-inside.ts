import type { z } from "zod";

export type Schema = z.core.$ZodType;
type Definition = z.core.$ZodTypes["_zod"]["def"];

/** Every schema of zod is one of $ZodTypes; the base type only hides which. */
export function definitionOf(schema: Schema): Definition {
  return (schema as z.core.$ZodTypes)._zod.def;
}

export interface Unwrapped {
  schema: Schema;
  optional: boolean;
  nullable: boolean;
}

/** Takes the wrappers off that do not change a value's shape: optional, nullable, default, refinements' pipes. */
export function unwrap(schema: Schema, optional = false, nullable = false): Unwrapped {
  const def = definitionOf(schema);
  switch (def.type) {
    case "optional":
    case "default":
    case "prefault":
      return unwrap(def.innerType, true, nullable);
    case "nullable":
      return unwrap(def.innerType, optional, true);
    case "readonly":
    case "catch":
    case "nonoptional":
      return unwrap(def.innerType, optional, nullable);
    case "lazy":
      return unwrap(def.getter(), optional, nullable);
    case "pipe":
      return unwrap(definitionOf(def.in).type === "transform" ? def.out : def.in, optional, nullable);
    default:
      return { schema, optional, nullable };
  }
}

/** The members of an object schema; empty for anything else. */
export function shapeOf(schema: Schema): Record<string, Schema> {
  const def = definitionOf(unwrap(schema).schema);
  return def.type === "object" ? def.shape : {};
}

/** Whether the object takes members its shape does not name. */
export function isOpen(def: z.core.$ZodObjectDef): boolean {
  return def.catchall !== undefined && definitionOf(def.catchall).type !== "never";
}
