import { defineRoute } from "@/app/_http/define-route";
import { listNotifications } from "@/lib/notifications/queries";
import { notificationFilter, notificationPage } from "@/lib/notifications/schema";

export const GET = defineRoute({
  summary: "List your inbox",
  permission: "signed in",
  query: notificationFilter,
  output: notificationPage,
  useCase: (ctx, { query }) => listNotifications(ctx, query),
});
