import { defineRoute } from "@/app/_http/define-route";
import { createTemplate } from "@/lib/catalog/templates/create-template";
import { listTemplates } from "@/lib/catalog/templates/queries";
import {
  cataloguePage,
  createTemplateInput,
  templateCreated,
  templateFilter,
} from "@/lib/catalog/templates/schema";

export const GET = defineRoute({
  summary: "List every version of every template",
  permission: "template:read",
  query: templateFilter,
  output: cataloguePage,
  useCase: (ctx, { query }) => listTemplates(ctx, query),
});

export const POST = defineRoute({
  summary: "Create a template",
  description: "Version 1 of a new name, as a draft.",
  permission: "template:write",
  body: createTemplateInput,
  output: templateCreated,
  status: 201,
  useCase: (ctx, { body }) => createTemplate(ctx, body),
  headers: ({ id }) => ({ Location: `/api/v1/admin/templates/${id}` }),
});
