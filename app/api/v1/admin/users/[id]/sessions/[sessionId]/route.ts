import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeUserSession } from "@/lib/identity/revoke-session";

export const DELETE = defineRoute({
  summary: "End a user's session",
  permission: "user:manage (platform:admin for a platform administrator)",
  params: z.strictObject({ id: z.string(), sessionId: z.string() }),
  useCase: (ctx, { params: { id, sessionId } }) => revokeUserSession(ctx, { userId: id, sessionId }),
});
