import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { previewMapping } from "@/lib/identity/providers/mapping/preview-mapping";
import { mappingPreview, previewMappingInput } from "@/lib/identity/providers/mapping/schema";

export const POST = defineRoute({
  summary: "Show who would get or lose a role by a mapping",
  description:
    "`draft` alone: a new mapping; with `mapping_id`: that mapping changed; `mapping_id` alone: that mapping removed.",
  permission: "auth_provider:read",
  params: z.strictObject({ id: z.string() }),
  body: previewMappingInput.omit({ providerId: true }),
  output: mappingPreview,
  useCase: (ctx, { params: { id }, body }) => previewMapping(ctx, { ...body, providerId: id }),
});
