import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { auditActions } from "@/lib/vocabulary/audit-actions";

export const auditFilter = pageQuery.extend({
  action: z.enum(auditActions).optional(),
  actor: z.string().max(100).optional(),
  resourceType: z.string().max(60).optional(),
  resourceId: z.string().max(60).optional(),
  startTime: z.coerce.date().optional(),
  endTime: z.coerce.date().optional(),
});

export const auditRow = z.object({
  id: z.string(),
  action: z.string(),
  outcome: z.string(),
  actorId: z.string(),
  actorName: z.string(),
  resourceType: z.string(),
  resourceId: z.string(),
  resourceName: z.string().nullable(),
  environment: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
  ipAddress: z.string().nullable(),
  correlationId: z.string(),
  createdAt: z.date(),
});
export const auditPage = pageOf(auditRow);
export type AuditFilter = z.output<typeof auditFilter>;
export type AuditRow = z.output<typeof auditRow>;
