import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteMapping } from "@/lib/identity/providers/mapping/delete-mapping";
import { updateMappingInput } from "@/lib/identity/providers/mapping/schema";
import { updateMapping } from "@/lib/identity/providers/mapping/update-mapping";

const params = z.strictObject({ id: z.string(), mappingId: z.string() });

export const PATCH = defineRoute({
  summary: "Change what a cohort gives",
  permission: "auth_provider:mapping_update",
  params,
  body: updateMappingInput.omit({ providerId: true, mappingId: true }),
  useCase: (ctx, { params: { id, mappingId }, body }) =>
    updateMapping(ctx, { ...body, providerId: id, mappingId }),
});

export const DELETE = defineRoute({
  summary: "Take a role from a cohort",
  permission: "auth_provider:mapping_delete",
  params,
  useCase: (ctx, { params: { id, mappingId } }) => deleteMapping(ctx, { providerId: id, mappingId }),
});
