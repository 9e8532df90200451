import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listCohorts } from "@/lib/identity/providers/mapping/queries";
import { cohortFilter, cohortPage } from "@/lib/identity/providers/mapping/schema";

export const GET = defineRoute({
  summary: "List the cohorts that were found at a provider",
  permission: "auth_provider:read",
  params: z.strictObject({ id: z.string() }),
  query: cohortFilter,
  output: cohortPage,
  useCase: (ctx, { params: { id }, query }) => listCohorts(ctx, { ...query, providerId: id }),
});
