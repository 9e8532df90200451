import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { addTemplateVersion } from "@/lib/catalog/templates/add-template-version";
import { listTemplateVersions } from "@/lib/catalog/templates/queries";
import { templateMade, templateVersion } from "@/lib/catalog/templates/schema";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "List the versions of a template's name",
  permission: "template:read",
  params,
  output: z.object({ items: z.array(templateVersion) }),
  useCase: async (ctx, input) => ({ items: await listTemplateVersions(ctx, input.params.id) }),
});

export const POST = defineRoute({
  summary: "Begin the next version",
  description: "A copy of this version as a draft; a name has one draft at a time.",
  permission: "template:write",
  params,
  output: templateMade,
  status: 201,
  useCase: (ctx, input) => addTemplateVersion(ctx, { templateId: input.params.id }),
  headers: ({ id }) => ({ Location: `/api/v1/admin/templates/${id}` }),
});
