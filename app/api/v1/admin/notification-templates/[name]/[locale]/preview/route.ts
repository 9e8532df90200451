import { defineRoute } from "@/app/_http/define-route";
import { previewTemplate } from "@/lib/notifications/templates/preview-template";
import { previewTemplateInput, templateInput, templatePreview } from "@/lib/notifications/templates/schema";

export const POST = defineRoute({
  summary: "Show how a text would arrive, with sample facts",
  permission: "platform:admin",
  params: templateInput,
  body: previewTemplateInput.omit({ name: true, locale: true }),
  output: templatePreview,
  useCase: (ctx, { params, body }) => previewTemplate(ctx, { ...params, ...body }),
});
