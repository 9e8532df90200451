import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { changedPolicy, setPolicyStateInput } from "@/lib/requests/policies/schema";
import { setPolicyState } from "@/lib/requests/policies/set-policy-state";

export const PUT = defineRoute({
  summary: "Make a rule active, watching, a draft or disabled",
  description: "A draft that would replace a rule takes that rule's place when it becomes active.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string().max(64) }),
  body: setPolicyStateInput.omit({ policyId: true }),
  output: changedPolicy,
  useCase: (ctx, { params, body }) => setPolicyState(ctx, { policyId: params.id, ...body }),
});
