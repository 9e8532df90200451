import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { markAllRead } from "@/lib/notifications/mark-all-read";

export const POST = defineRoute({
  summary: "Mark the whole inbox as read",
  permission: "signed in",
  output: z.object({ marked: z.number() }),
  useCase: (ctx) => markAllRead(ctx),
});
