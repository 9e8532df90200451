import { z } from "zod";
import { nameLengthMax, namePattern } from "@/lib/core/names";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { resourceRoles } from "@/lib/vocabulary/permissions";

const name = z.string().max(nameLengthMax).regex(namePattern);
const description = z.string().max(4000);

export const createSystemInput = z.strictObject({ name, description: description.default("") });
/** Absent members stay as they are. */
export const updateSystemInput = z.strictObject({
  systemId: z.string(),
  description: description.optional(),
  /** Whether people without a role may find its name and ask for access. */
  listed: z.boolean().optional(),
});
/** As forms send them: empty text is a description too, and a switch that is off sends nothing. */
export const describeSystemInput = z.strictObject({ systemId: z.string(), description });
export const listSystemInput = z.strictObject({ systemId: z.string(), listed: z.boolean() });
export const deleteSystemInput = z.strictObject({
  systemId: z.string(),
  confirmName: z.string().max(100).optional(),
});

export const createServiceInput = z.strictObject({
  systemId: z.string(),
  name,
  description: description.default(""),
});
export const updateServiceInput = z.strictObject({ serviceId: z.string(), description });
export const deleteServiceInput = z.strictObject({
  serviceId: z.string(),
  confirm: z.union([z.boolean(), z.stringbool()]).optional(),
});

export const systemFilter = pageQuery.extend({ q: z.string().max(100).optional() });
export const serviceFilter = pageQuery.extend({
  q: z.string().max(100).optional(),
  systemId: z.string().optional(),
});

export const systemRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  serviceCount: z.number(),
  vmCount: z.number(),
  runningCount: z.number(),
  listed: z.boolean(),
  role: z.enum(resourceRoles).nullable(),
  createdAt: z.date(),
});
export const serviceRow = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  systemId: z.string(),
  systemName: z.string(),
  vmCount: z.number(),
  runningCount: z.number(),
  createdAt: z.date(),
});
/** What a creation answers. */
export const createdRow = z.object({ id: z.string(), name: z.string() });
export const systemPage = pageOf(systemRow);
export const servicePage = pageOf(serviceRow);

export type CreateSystem = z.output<typeof createSystemInput>;
export type UpdateSystem = z.output<typeof updateSystemInput>;
export type DeleteSystem = z.output<typeof deleteSystemInput>;
export type CreateService = z.output<typeof createServiceInput>;
export type UpdateService = z.output<typeof updateServiceInput>;
export type DeleteService = z.output<typeof deleteServiceInput>;
export type SystemFilter = z.output<typeof systemFilter>;
export type ServiceFilter = z.output<typeof serviceFilter>;
export type SystemRow = z.output<typeof systemRow>;
export type ServiceRow = z.output<typeof serviceRow>;
