import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeUserToken } from "@/lib/identity/revoke-token";

export const DELETE = defineRoute({
  summary: "Revoke a user's API token",
  permission: "user:manage (platform:admin for a platform administrator)",
  params: z.strictObject({ id: z.string(), tokenId: z.string() }),
  useCase: (ctx, { params: { id, tokenId } }) => revokeUserToken(ctx, { userId: id, tokenId }),
});
