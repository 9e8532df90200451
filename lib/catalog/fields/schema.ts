import { z } from "zod";

export const fieldTypes = [
  "integer",
  "number",
  "string",
  "boolean",
  "quantity",
  "enum",
  "array",
  "object",
  "map",
] as const;
export type FieldType = (typeof fieldTypes)[number];

/** One field of `spec`, with everything below it. */
export interface FieldNode {
  name: string;
  /** From the object's root: `spec.template.spec.domain.cpu.cores`; an array's items end in `[]`, a map's in `{}`. */
  path: string;
  type: FieldType;
  description: string;
  required: boolean;
  /** For an enum: every value it may have. */
  options?: string[];
  /** Good answers where any other is allowed too. */
  suggestions?: string[];
  minimum?: number;
  /** Absent: 2147483647, as most of KubeVirt's integers are 32 bits wide. */
  maximum?: number;
  /** A string that may also be written as an integer, such as a port. */
  format?: "int-or-string";
  /** Of an object; none means that anything may stand below it. */
  children?: FieldNode[];
  /** Of an array or a map. */
  items?: FieldNode;
}

export const schemaSources = ["bundled", "remote", "fallback"] as const;
export type SchemaSource = (typeof schemaSources)[number];

export interface FieldSchema {
  /** The minor whose fields these are. */
  minor: string;
  /** The minor that was asked for; differs for a fallback. */
  wanted: string;
  root: FieldNode;
  source: SchemaSource;
}

/** Values by path: what lies over a rendered manifest. */
export type Overrides = Record<string, unknown>;

export const valueProblemCodes = [
  "unknown_field",
  "wrong_type",
  "not_an_option",
  "required",
  "too_small",
  "too_large",
  "bad_quantity",
  "too_long",
  "too_deep",
  "too_many",
] as const;
export type ValueProblemCode = (typeof valueProblemCodes)[number];

export interface ValueProblem {
  /** Where the value stands; an array's items carry their number: `spec.template.spec.domain.devices.disks[0].name`. */
  path: string;
  code: ValueProblemCode;
  params: Record<string, string | number>;
}

export const maskedEntities = ["instance_size", "template"] as const;
export type MaskedEntity = (typeof maskedEntities)[number];
export const fieldTiers = ["quick", "advanced", "professional"] as const;
export type FieldTier = (typeof fieldTiers)[number];

/** A minor version as people and clusters write it: `1.5`, `1.5.x`, `v1.5.2`. */
export const minorVersion = z
  .string()
  .max(32)
  .regex(/^v?\d{1,3}\.\d{1,4}(\.\w[\w.+-]*)?$/, "invalid_version");

export const schemasQuery = z.strictObject({ minor: minorVersion.optional() });
export const schemasParams = z.strictObject({ entity: z.enum(maskedEntities) });
export const maskQuery = z.strictObject({ entity: z.enum(maskedEntities).default("instance_size") });

/** A FieldNode; what stands below it has the same shape. */
const publicField = z.object({
  name: z.string(),
  path: z.string(),
  type: z.enum(fieldTypes),
  description: z.string(),
  required: z.boolean(),
  options: z.array(z.string()).exactOptional(),
  suggestions: z.array(z.string()).exactOptional(),
  minimum: z.number().exactOptional(),
  maximum: z.number().exactOptional(),
  format: z.literal("int-or-string").exactOptional(),
  children: z.array(z.unknown()).exactOptional(),
  items: z.unknown().optional(),
});
const fieldList = z.array(publicField);
const paths = z.array(z.string());

export const publicFields = z.object({
  entity: z.enum(maskedEntities),
  /** The minor whose fields these are, and the one that was asked for. */
  minor: z.string(),
  wanted: z.string(),
  source: z.enum(schemaSources),
  quick: fieldList,
  advanced: fieldList,
  professional: fieldList,
});
export const fieldMask = z.object({
  entity: z.enum(maskedEntities),
  quick: paths,
  advanced: paths,
  professional: paths,
});

export interface EditorFields extends Record<FieldTier, FieldNode[]> {
  entity: MaskedEntity;
  minor: string;
  wanted: string;
  source: SchemaSource;
}
export type FieldMask = z.output<typeof fieldMask>;

/** One KubeVirt minor as the pages show it; a fallback is what the banner is about. */
export interface FieldSchemaRow {
  minor: string;
  source: SchemaSource;
  /** The bundled minor that stands in meanwhile. */
  fallback: string | null;
  fetchedAt: Date | null;
  sourceClusterId: string | null;
  attempts: number;
  lastError: string | null;
  nextAttemptAt: Date | null;
  clusters: { id: string; name: string }[];
}
