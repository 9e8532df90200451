import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listSyncJobs } from "@/lib/identity/providers/directory/queries";
import { syncJobFilter, syncJobPage } from "@/lib/identity/providers/directory/schema";

export const GET = defineRoute({
  summary: "List imports and refreshes of a directory",
  permission: "auth_provider:read",
  params: z.strictObject({ id: z.string() }),
  query: syncJobFilter,
  output: syncJobPage,
  useCase: (ctx, { params: { id }, query }) => listSyncJobs(ctx, { ...query, providerId: id }),
});
