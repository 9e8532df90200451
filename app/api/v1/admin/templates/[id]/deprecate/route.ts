import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deprecateTemplate } from "@/lib/catalog/templates/deprecate-template";
import { deprecateTemplateInput } from "@/lib/catalog/templates/schema";

export const POST = defineRoute({
  summary: "Stop offering a version",
  permission: "template:write",
  params: z.strictObject({ id: z.string() }),
  body: deprecateTemplateInput.omit({ templateId: true }),
  useCase: (ctx, { params, body }) => deprecateTemplate(ctx, { ...body, templateId: params.id }),
});
