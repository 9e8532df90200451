import { defineRoute } from "@/app/_http/define-route";
import { pageQuery } from "@/lib/core/paging";
import { listReplays } from "@/lib/requests/replays/queries";
import { replayPolicies } from "@/lib/requests/replays/replay-policies";
import { replayPage, replayPoliciesInput, startedReplay } from "@/lib/requests/replays/schema";

export const GET = defineRoute({
  summary: "List the replays of drafts over past requests",
  permission: "platform:admin",
  query: pageQuery,
  output: replayPage,
  useCase: (ctx, { query }) => listReplays(ctx, query),
});

export const POST = defineRoute({
  summary: "Ask past requests again of the rules as drafts would make them",
  permission: "platform:admin",
  body: replayPoliciesInput,
  output: startedReplay,
  status: 202,
  useCase: (ctx, { body }) => replayPolicies(ctx, body),
  headers: ({ id }) => ({ Location: `/api/v1/admin/approval-policies/replays/${id}` }),
});
