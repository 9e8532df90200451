import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { settingDefinitions, type SettingKey } from "@/lib/vocabulary/settings";
import { readSettingText } from "./rules";

export const settingKey = z.enum(
  // Object.keys gives the keys of the definitions and nothing else.
  Object.keys(settingDefinitions) as [SettingKey, ...SettingKey[]],
);
export const settingValue = z.union([
  z.number(),
  z.boolean(),
  z.string().max(100),
  z.array(z.string().max(100)).max(200),
]);

export const updateSettingInput = z.strictObject({
  key: settingKey,
  /** Null: back to the default. */
  value: settingValue.nullable(),
  /** The version that was seen; another one since then is a CONFLICT. */
  version: z.number().int().min(0).optional(),
});
/** As forms send it: text, empty for the default. */
export const updateSettingForm = z
  .strictObject({ key: settingKey, value: z.string().max(5_000), version: z.number().int().min(0) })
  .transform(({ value, ...rest }) => ({ ...rest, value: readSettingText(rest.key, value) }));

const settingRow = z.object({
  key: settingKey,
  description: z.string(),
  type: z.enum(["number", "boolean", "text", "list"]),
  value: settingValue,
  default: settingValue,
  /** Whether an administrator set it. */
  source: z.enum(["default", "database"]),
  minimum: z.number().nullable(),
  maximum: z.number().nullable(),
  version: z.number(),
  updatedAt: z.date().nullable(),
  updatedByName: z.string().nullable(),
});
export const settingList = z.object({ items: z.array(settingRow) });

export const revisionFilter = pageQuery.extend({ key: settingKey.optional() });
/** Null before or after: the default. */
const revisionRow = z.object({
  id: z.string(),
  key: z.string(),
  version: z.number(),
  before: settingValue.nullable(),
  after: settingValue.nullable(),
  actorName: z.string(),
  createdAt: z.date(),
});
export const revisionPage = pageOf(revisionRow);

export type UpdateSetting = z.output<typeof updateSettingInput>;
export type SettingRow = z.output<typeof settingRow>;
export type RevisionFilter = z.output<typeof revisionFilter>;
export type RevisionRow = z.output<typeof revisionRow>;
