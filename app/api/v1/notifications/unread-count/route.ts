import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { countUnread } from "@/lib/notifications/queries";

export const GET = defineRoute({
  summary: "Count unread inbox entries, up to a hundred",
  permission: "signed in",
  output: z.object({ unread: z.number() }),
  useCase: async (ctx) => ({ unread: await countUnread(ctx) }),
});
