import { defineRoute } from "@/app/_http/define-route";
import { policyAnswer, testPoliciesInput } from "@/lib/requests/policies/schema";
import { testPolicies } from "@/lib/requests/policies/test-policies";

export const POST = defineRoute({
  summary: "Ask which rule would answer a request, and why the others would not",
  permission: "platform:admin",
  body: testPoliciesInput,
  output: policyAnswer,
  useCase: (ctx, { body }) => testPolicies(ctx, body),
});
