import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeUserToken } from "@/lib/identity/revoke-token";

export const DELETE = defineRoute({
  summary: "Revoke a service account's token",
  permission: "user:manage (platform:admin where the account administers the platform)",
  params: z.strictObject({ id: z.string(), tokenId: z.string() }),
  useCase: (ctx, { params: { id, tokenId } }) => revokeUserToken(ctx, { userId: id, tokenId }),
});
