import { defineRoute } from "@/app/_http/define-route";
import { listLiveSessions } from "@/lib/console/queries";
import { liveSessionFilter, liveSessionPage } from "@/lib/console/schema";

export const GET = defineRoute({
  summary: "List the console sessions that are open now",
  description: "The latest first: who controls or watches which virtual machine, since when, and until when.",
  permission: "platform:admin",
  query: liveSessionFilter,
  output: liveSessionPage,
  useCase: (ctx, { query }) => listLiveSessions(ctx, query),
});
