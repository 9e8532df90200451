import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listSystemSessions } from "@/lib/console/queries";
import { liveSessionFilter, liveSessionPage } from "@/lib/console/schema";

export const GET = defineRoute({
  summary: "List a system's console sessions that are open now",
  description: "For the system's owners and admins, and for platform administrators.",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  query: liveSessionFilter,
  output: liveSessionPage,
  useCase: (ctx, { params, query }) => listSystemSessions(ctx, { systemId: params.id, ...query }),
});
