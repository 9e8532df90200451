import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeSession } from "@/lib/identity/revoke-session";

export const DELETE = defineRoute({
  summary: "End one of one's own sessions",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => revokeSession(ctx, { sessionId: params.id }),
});
