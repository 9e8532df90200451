import { defineRoute } from "@/app/_http/define-route";
import { createSystem } from "@/lib/systems/create-system";
import { listSystems } from "@/lib/systems/queries";
import { createdRow, createSystemInput, systemFilter, systemPage } from "@/lib/systems/schema";

export const GET = defineRoute({
  summary: "List the systems you belong to",
  permission: "system:read",
  query: systemFilter,
  output: systemPage,
  useCase: (ctx, { query }) => listSystems(ctx, query),
});

export const POST = defineRoute({
  summary: "Create a system",
  permission: "system:write",
  body: createSystemInput,
  output: createdRow,
  status: 201,
  useCase: (ctx, { body }) => createSystem(ctx, body),
  headers: (system) => ({ Location: `/api/v1/systems/${system.id}` }),
});
