import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";

/** request: asked for · console: somebody looked · revision: found or accepted as it is · record: done at once. */
export const activityKinds = ["request", "console", "revision", "record"] as const;

export const activityEntry = z.object({
  id: z.string(),
  kind: z.enum(activityKinds),
  at: z.date(),
  /** An operation, a console's type, a revision's kind or an audit action, as its kind has it. */
  action: z.string(),
  /** The request's state, what became of the session, or the record's outcome. */
  outcome: z.string(),
  actorName: z.string().nullable(),
  approverName: z.string().nullable(),
  endedAt: z.date().nullable(),
  /** Why it failed, in the portal's code and the cluster's words. */
  message: z.string().nullable(),
  ticketId: z.string().nullable(),
});
export type ActivityEntry = z.output<typeof activityEntry>;
export const activityPage = pageOf(activityEntry);

export const activityFilter = pageQuery.extend({ kind: z.enum(activityKinds).optional() });
export type ActivityFilter = z.output<typeof activityFilter>;
