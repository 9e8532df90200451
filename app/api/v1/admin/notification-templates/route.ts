import { defineRoute } from "@/app/_http/define-route";
import { listTemplates } from "@/lib/notifications/templates/queries";
import { templateList } from "@/lib/notifications/templates/schema";

export const GET = defineRoute({
  summary: "List the texts of notices, by kind and language",
  permission: "platform:admin",
  output: templateList,
  useCase: (ctx) => listTemplates(ctx),
});
