import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { syncedCohorts } from "@/lib/identity/providers/mapping/schema";
import { syncCohorts } from "@/lib/identity/providers/mapping/sync-cohorts";

export const POST = defineRoute({
  summary: "Read the values of the chosen field as cohorts",
  permission: "auth_provider:sync",
  params: z.strictObject({ id: z.string() }),
  output: syncedCohorts,
  useCase: (ctx, { params: { id } }) => syncCohorts(ctx, { providerId: id }),
});
