import { defineRoute } from "@/app/_http/define-route";
import { previewTemplate } from "@/lib/requests/template-preview/preview-template";
import { previewTemplateInput, templatePreview } from "@/lib/requests/template-preview/schema";

export const POST = defineRoute({
  summary: "Check a template without saving it",
  description:
    "Its problems, the machine it would make with a size, and what a cluster's admission says to that.",
  permission: "template:write",
  body: previewTemplateInput,
  output: templatePreview,
  useCase: (ctx, { body }) => previewTemplate(ctx, body),
});
