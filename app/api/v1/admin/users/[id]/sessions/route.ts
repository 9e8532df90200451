import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listUserSessions } from "@/lib/identity/queries";
import { sessionList } from "@/lib/identity/schema";

export const GET = defineRoute({
  summary: "List a user's sessions",
  permission: "user:manage",
  params: z.strictObject({ id: z.string() }),
  output: sessionList,
  useCase: async (ctx, { params }) => ({ items: await listUserSessions(ctx, params.id) }),
});
