import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deletePolicy } from "@/lib/requests/policies/delete-policy";
import { readPolicy } from "@/lib/requests/policies/queries";
import {
  changedPolicy,
  deletePolicyInput,
  policyRow,
  updatePolicyInput,
} from "@/lib/requests/policies/schema";
import { updatePolicy } from "@/lib/requests/policies/update-policy";

const path = z.strictObject({ id: z.string().max(64) });

export const GET = defineRoute({
  summary: "Read a rule",
  permission: "platform:admin",
  params: path,
  output: policyRow,
  useCase: (ctx, { params }) => readPolicy(ctx, params.id),
});

export const PATCH = defineRoute({
  summary: "Change a rule; the revision that was read keeps two writers apart",
  permission: "platform:admin",
  params: path,
  body: updatePolicyInput.omit({ policyId: true }),
  output: changedPolicy,
  useCase: (ctx, { params, body }) => updatePolicy(ctx, { policyId: params.id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Delete a rule that is no default",
  permission: "platform:admin",
  params: path,
  query: deletePolicyInput.omit({ policyId: true }),
  useCase: (ctx, { params, query }) => deletePolicy(ctx, { policyId: params.id, ...query }),
});
