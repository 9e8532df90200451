import { z } from "zod";
import { nameLengthMax, namePattern } from "@/lib/core/names";
import { environmentClasses } from "@/lib/vocabulary/environments";

const displayName = z.string().trim().min(1).max(60);
const description = z.string().trim().max(500);
const sortOrder = z.number().int().min(0).max(10_000);
const environmentName = z.string().min(1).max(63);

export const createEnvironmentInput = z.strictObject({
  name: z.string().max(nameLengthMax).regex(namePattern, "invalid_name"),
  class: z.enum(environmentClasses),
  displayName,
  description: description.default(""),
  sortOrder: sortOrder.default(100),
});
const changeable = z.strictObject({
  displayName,
  description,
  sortOrder,
  /** Whether whoever asks may also decide there. */
  selfApproval: z.boolean(),
});
/** Absent members stay as they are; name and class never change. */
export const updateEnvironmentInput = changeable.partial().extend({ name: environmentName });
/** As forms send it: empty text is a description too. */
export const updateEnvironmentForm = changeable.extend({ name: environmentName });
export const deleteEnvironmentInput = z.strictObject({
  name: environmentName,
  confirmName: z.string().max(100).optional(),
});

/** What the admin page shows: with what stands in it, so that nobody wonders why it cannot go. */
const environmentUseRow = z.object({
  name: z.string(),
  class: z.enum(environmentClasses),
  displayName: z.string(),
  description: z.string(),
  sortOrder: z.number(),
  selfApproval: z.boolean(),
  namespaceCount: z.number(),
  clusterCount: z.number(),
  bindingCount: z.number(),
  mappingCount: z.number(),
  tokenCount: z.number(),
});
export const environmentUseList = z.object({ items: z.array(environmentUseRow) });
export const createdEnvironment = z.object({ name: z.string() });

export type CreateEnvironment = z.output<typeof createEnvironmentInput>;
export type UpdateEnvironment = z.output<typeof updateEnvironmentInput>;
export type DeleteEnvironment = z.output<typeof deleteEnvironmentInput>;
export type EnvironmentUseRow = z.output<typeof environmentUseRow>;
