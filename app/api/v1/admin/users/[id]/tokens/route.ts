import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listUserTokens } from "@/lib/identity/queries";
import { tokenList } from "@/lib/identity/tokens/schema";

export const GET = defineRoute({
  summary: "List a user's API tokens",
  permission: "user:manage",
  params: z.strictObject({ id: z.string() }),
  output: tokenList,
  useCase: async (ctx, { params }) => ({ items: await listUserTokens(ctx, params.id) }),
});
