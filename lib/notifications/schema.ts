import { z } from "zod";
import { pageOf, pageQuery } from "@/lib/core/paging";
import { notificationKinds } from "@/lib/vocabulary/notification-kinds";

export const notificationFilter = pageQuery.extend({
  unread: z.union([z.boolean(), z.stringbool()]).optional(),
  kind: z.enum(notificationKinds).optional(),
});
export const markReadInput = z.strictObject({ notificationId: z.string() });

const notificationRow = z.object({
  id: z.string(),
  type: z.enum(notificationKinds),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  relatedTicketId: z.string().nullable(),
  resourceType: z.string().nullable(),
  resourceId: z.string().nullable(),
  read: z.boolean(),
  createdAt: z.date(),
});
export const notificationPage = pageOf(notificationRow);
export type NotificationFilter = z.output<typeof notificationFilter>;
export type NotificationRow = z.output<typeof notificationRow>;
export type MarkRead = z.output<typeof markReadInput>;
