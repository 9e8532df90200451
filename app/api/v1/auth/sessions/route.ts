import { defineRoute } from "@/app/_http/define-route";
import { listOwnSessions } from "@/lib/identity/queries";
import { revokeOtherSessions } from "@/lib/identity/revoke-session";
import { revokedSessions, sessionList } from "@/lib/identity/schema";

export const GET = defineRoute({
  summary: "List one's own sessions",
  output: sessionList,
  useCase: async (ctx) => ({ items: await listOwnSessions(ctx) }),
});

export const DELETE = defineRoute({
  summary: "End all of one's own sessions but this one",
  output: revokedSessions,
  useCase: (ctx) => revokeOtherSessions(ctx),
});
