import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { createMapping } from "@/lib/identity/providers/mapping/create-mapping";
import { listMappings } from "@/lib/identity/providers/mapping/queries";
import {
  createdMapping,
  createMappingInput,
  mappingFilter,
  mappingPage,
} from "@/lib/identity/providers/mapping/schema";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "List what the cohorts of a provider give",
  permission: "auth_provider:read",
  params,
  query: mappingFilter,
  output: mappingPage,
  useCase: (ctx, { params: { id }, query }) => listMappings(ctx, { ...query, providerId: id }),
});

export const POST = defineRoute({
  summary: "Give a role to everybody in a cohort",
  description:
    "Nobody maps a role they could not assign by hand. People known to be in the cohort hold it at once.",
  permission: "auth_provider:mapping_create",
  params,
  body: createMappingInput.omit({ providerId: true }),
  output: createdMapping,
  status: 201,
  useCase: (ctx, { params: { id }, body }) => createMapping(ctx, { ...body, providerId: id }),
});
