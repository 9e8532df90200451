import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeSession } from "@/lib/identity/revoke-session";

export const DELETE = defineRoute({
  summary: "End a session",
  permission: "none for one's own, user:manage for others'",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => revokeSession(ctx, { sessionId: params.id }),
});
