import { z } from "zod";
import type { DeclaredField } from "@/lib/adapters/kubevirt/open-api-fields";
import { fieldTypes } from "../schema";

/** A field as it is kept: what an API document declares, or a reference to a shape of the same file. */
export interface StoredField extends Omit<DeclaredField, "children" | "items"> {
  children?: Record<string, StoredField>;
  items?: StoredField;
  /** An object whose children stand in the file's shapes. */
  ref?: string;
}

export interface StoredSchema {
  root: StoredField;
  shapes: Record<string, Record<string, StoredField>>;
}

const storedField: z.ZodType<StoredField> = z.strictObject({
  type: z.enum(fieldTypes),
  description: z.string().exactOptional(),
  required: z.literal(true).exactOptional(),
  maximum: z.number().exactOptional(),
  options: z.array(z.string()).exactOptional(),
  format: z.literal("int-or-string").exactOptional(),
  ref: z.string().exactOptional(),
  get children() {
    return z.record(z.string(), storedField).exactOptional();
  },
  get items() {
    return storedField.exactOptional();
  },
});

/** What stands in a bundled file or in the cache; read again, because neither file nor row is a guarantee. */
export const storedSchema: z.ZodType<StoredSchema> = z.strictObject({
  root: storedField,
  shapes: z.record(z.string(), z.record(z.string(), storedField)),
});
