import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteSystem } from "@/lib/systems/delete-system";
import { readSystem } from "@/lib/systems/queries";
import { deleteSystemInput, systemRow, updateSystemInput } from "@/lib/systems/schema";
import { updateSystem } from "@/lib/systems/update-system";

const path = z.strictObject({ id: z.string() });
const confirmation = deleteSystemInput.omit({ systemId: true });

export const GET = defineRoute({
  summary: "Read a system",
  permission: "system:read",
  params: path,
  output: systemRow,
  useCase: (ctx, { params }) => readSystem(ctx, params.id),
});

export const PATCH = defineRoute({
  summary: "Change a system's description and whether people may find it",
  permission: "system:write",
  params: path,
  body: updateSystemInput.omit({ systemId: true }),
  useCase: (ctx, { params, body }) => updateSystem(ctx, { systemId: params.id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Delete a system without services",
  permission: "system:delete",
  params: path,
  query: confirmation,
  useCase: (ctx, { params, query }) => deleteSystem(ctx, { systemId: params.id, ...query }),
});
