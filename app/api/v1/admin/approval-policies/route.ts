import { defineRoute } from "@/app/_http/define-route";
import { createPolicy } from "@/lib/requests/policies/create-policy";
import { listPolicies } from "@/lib/requests/policies/queries";
import { createdPolicy, createPolicyInput, policyFilter, policyList } from "@/lib/requests/policies/schema";

export const GET = defineRoute({
  summary: "List the rules that answer requests, in the order in which they speak",
  permission: "platform:admin",
  query: policyFilter,
  output: policyList,
  useCase: async (ctx, { query }) => ({ items: await listPolicies(ctx, query) }),
});

export const POST = defineRoute({
  summary: "Create a rule, or a draft of what a rule could become",
  permission: "platform:admin",
  body: createPolicyInput,
  output: createdPolicy,
  status: 201,
  useCase: (ctx, { body }) => createPolicy(ctx, body),
  headers: ({ id }) => ({ Location: `/api/v1/admin/approval-policies/${id}` }),
});
