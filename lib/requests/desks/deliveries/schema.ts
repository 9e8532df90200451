import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { deliveryKinds, deliveryOutcomes, deskRequestStates } from "@/lib/vocabulary/approval-desks";

const id = z.string().min(1).max(64);

export const deliveryFilter = pageQuery.extend({
  kind: z.enum(deliveryKinds).optional(),
  outcome: z.enum(deliveryOutcomes).optional(),
  ticketId: id.optional(),
});
export type DeliveryFilter = z.output<typeof deliveryFilter>;
export const deliveryRow = z.object({
  id: z.string(),
  kind: z.enum(deliveryKinds),
  outcome: z.enum(deliveryOutcomes),
  attempt: z.number(),
  statusCode: z.number().nullable(),
  durationMs: z.number(),
  requestBody: z.string().nullable(),
  responseExcerpt: z.string().nullable(),
  error: z.string().nullable(),
  redeliveryOf: z.string().nullable(),
  ticketId: z.string().nullable(),
  requestStatus: z.enum(deskRequestStates).nullable(),
  at: z.date(),
});
export type DeliveryRow = z.output<typeof deliveryRow>;
export const deliveryPage = pageOf(deliveryRow);
