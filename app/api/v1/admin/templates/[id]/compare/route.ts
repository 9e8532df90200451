import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { templateComparison } from "@/lib/catalog/templates/schema";
import { compareTemplates } from "@/lib/catalog/templates/versions/queries";

export const GET = defineRoute({
  summary: "Compare two versions",
  description: "What changed from this version to the one named by `to`.",
  permission: "template:read",
  params: z.strictObject({ id: z.string() }),
  query: z.strictObject({ to: z.string().min(1).max(64) }),
  output: templateComparison,
  useCase: (ctx, { params, query }) => compareTemplates(ctx, params.id, query.to),
});
