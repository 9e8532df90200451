import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listVmActivity } from "@/lib/vms/activity/queries";
import { activityFilter, activityPage } from "@/lib/vms/activity/schema";

export const GET = defineRoute({
  summary: "List what was asked of a machine, done to it and seen of it, newest first",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  query: activityFilter,
  output: activityPage,
  useCase: (ctx, { params, query }) => listVmActivity(ctx, { vmId: params.id, ...query }),
});
