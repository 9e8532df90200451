import { defineRoute } from "@/app/_http/define-route";
import { listOwnSessions } from "@/lib/identity/queries";
import { sessionList } from "@/lib/identity/schema";

export const GET = defineRoute({
  summary: "List one's own sessions",
  output: sessionList,
  useCase: async (ctx) => ({ items: await listOwnSessions(ctx) }),
});
