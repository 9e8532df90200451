import { z } from "zod";
import { operationSteps } from "@/lib/vocabulary/event-types";

/** An accepted operation as a client follows it. */
export const eventRow = z.object({
  id: z.string(),
  eventType: z.string(),
  status: z.string(),
  aggregateType: z.string(),
  aggregateId: z.string(),
  steps: z.partialRecord(z.enum(operationSteps), z.string()),
  errorMessage: z.string().nullable(),
  ticketId: z.string(),
  vmId: z.string().nullable(),
  createdAt: z.date(),
  processedAt: z.date().nullable(),
});
export type EventRow = z.output<typeof eventRow>;
