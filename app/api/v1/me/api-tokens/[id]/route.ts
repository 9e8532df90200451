import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeToken } from "@/lib/identity/revoke-token";

export const DELETE = defineRoute({
  summary: "Revoke one of one's own API tokens",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => revokeToken(ctx, { tokenId: params.id }),
});
