import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readTemplate } from "@/lib/catalog/templates/queries";
import { removeTemplate } from "@/lib/catalog/templates/remove-template";
import { templateChanges, templateDetail, templateSaved } from "@/lib/catalog/templates/schema";
import { updateTemplate } from "@/lib/catalog/templates/update-template";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a version of a template",
  permission: "template:read",
  params,
  output: templateDetail,
  useCase: (ctx, input) => readTemplate(ctx, input.params.id),
});

export const PATCH = defineRoute({
  summary: "Edit a draft",
  description: "Absent members stay as they are. Another `revision` than the current one is a CONFLICT.",
  permission: "template:write",
  params,
  body: templateChanges,
  output: templateSaved,
  useCase: (ctx, input) => updateTemplate(ctx, { ...input.body, templateId: input.params.id }),
});

export const DELETE = defineRoute({
  summary: "Delete a draft",
  permission: "template:write",
  params,
  useCase: (ctx, input) => removeTemplate(ctx, { templateId: input.params.id }),
});
