import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readPolicyReach } from "@/lib/clusters/policies/queries";
import { policyReach } from "@/lib/clusters/policies/schema";

export const GET = defineRoute({
  summary: "Count the sizes and templates that each rule of a cluster's policy speaks of",
  permission: "cluster:read",
  params: z.strictObject({ id: z.string() }),
  output: policyReach,
  useCase: (ctx, { params }) => readPolicyReach(ctx, params.id),
});
