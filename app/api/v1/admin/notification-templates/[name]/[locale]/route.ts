import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readTemplateRow } from "@/lib/notifications/templates/queries";
import { resetTemplate } from "@/lib/notifications/templates/reset-template";
import { templateInput, templateRow, updateTemplateInput } from "@/lib/notifications/templates/schema";
import { updateTemplate } from "@/lib/notifications/templates/update-template";

export const GET = defineRoute({
  summary: "Read the text of a kind in a language",
  permission: "platform:admin",
  params: templateInput,
  output: templateRow,
  useCase: (ctx, { params }) => readTemplateRow(ctx, params),
});

export const PUT = defineRoute({
  summary: "Set the text of a kind in a language",
  permission: "platform:admin",
  params: templateInput,
  body: updateTemplateInput.omit({ name: true, locale: true }),
  output: z.object({ version: z.number() }),
  useCase: (ctx, { params, body }) => updateTemplate(ctx, { ...params, ...body }),
});

export const DELETE = defineRoute({
  summary: "Go back to the text that comes with the product",
  permission: "platform:admin",
  params: templateInput,
  useCase: (ctx, { params }) => resetTemplate(ctx, params),
});
