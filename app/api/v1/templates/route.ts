import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { templateRow } from "@/lib/catalog/schema";
import { listOfferedTemplates } from "@/lib/catalog/templates/queries";

export const GET = defineRoute({
  summary: "List the templates on offer",
  permission: "vm:read",
  output: z.object({ items: z.array(templateRow) }),
  useCase: async (ctx) => ({ items: await listOfferedTemplates(ctx) }),
});
