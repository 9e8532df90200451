import { defineRoute } from "@/app/_http/define-route";
import { issueToken } from "@/lib/identity/issue-token";
import { listOwnTokens } from "@/lib/identity/queries";
import { issuedToken, issueTokenInput, tokenList } from "@/lib/identity/tokens/schema";

export const GET = defineRoute({
  summary: "List one's own API tokens",
  output: tokenList,
  useCase: async (ctx) => ({ items: await listOwnTokens(ctx) }),
});

export const POST = defineRoute({
  summary: "Issue an API token",
  description:
    "For a signed-in person, not for a token. `permissions` null carries all that the person may do. `token` is " +
    "answered only once. An elevated token takes a fresh second factor.",
  body: issueTokenInput,
  output: issuedToken,
  status: 201,
  useCase: (ctx, { body }) => issueToken(ctx, body),
});
