import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { archiveTemplate } from "@/lib/catalog/templates/archive-template";

export const POST = defineRoute({
  summary: "Put a deprecated version out of sight",
  permission: "template:write",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => archiveTemplate(ctx, { templateId: params.id }),
});
