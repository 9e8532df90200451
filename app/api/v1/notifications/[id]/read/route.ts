import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { markRead } from "@/lib/notifications/mark-read";

export const PATCH = defineRoute({
  summary: "Mark an inbox entry as read",
  permission: "signed in",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => markRead(ctx, { notificationId: params.id }),
});
