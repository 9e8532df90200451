import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { activateTemplate } from "@/lib/catalog/templates/activate-template";

export const POST = defineRoute({
  summary: "Offer a draft; the version offered until now is deprecated",
  permission: "template:write",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => activateTemplate(ctx, { templateId: params.id }),
});
