import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { issueServiceToken } from "@/lib/identity/issue-token";
import { listUserTokens } from "@/lib/identity/queries";
import { issuedToken, issueTokenInput, tokenList } from "@/lib/identity/tokens/schema";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "List a service account's tokens",
  permission: "user:manage",
  params,
  output: tokenList,
  useCase: async (ctx, { params: { id } }) => ({ items: await listUserTokens(ctx, id) }),
});

export const POST = defineRoute({
  summary: "Issue a token for a service account",
  description: "Takes a fresh second factor; `token` is answered only once.",
  permission: "user:manage (platform:admin where the account administers the platform)",
  params,
  body: issueTokenInput,
  output: issuedToken,
  status: 201,
  useCase: (ctx, { params: { id }, body }) => issueServiceToken(ctx, { ...body, userId: id }),
});
