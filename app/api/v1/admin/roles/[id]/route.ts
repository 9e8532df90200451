import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteRole } from "@/lib/access/roles/delete-role";
import { readRole } from "@/lib/access/roles/queries";
import { deleteRoleInput, roleDetail, updateRoleInput } from "@/lib/access/roles/schema";
import { updateRole } from "@/lib/access/roles/update-role";

const path = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a role",
  permission: "rbac:read",
  params: path,
  output: roleDetail,
  useCase: (ctx, { params }) => readRole(ctx, params.id),
});

export const PATCH = defineRoute({
  summary: "Change a role",
  description: "Of a built-in role only whether it takes a second factor can change.",
  permission: "rbac:manage",
  params: path,
  body: updateRoleInput.omit({ roleId: true }),
  useCase: (ctx, { params, body }) => updateRole(ctx, { roleId: params.id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Delete a role that nobody holds",
  permission: "rbac:manage",
  params: path,
  query: deleteRoleInput.omit({ roleId: true }),
  useCase: (ctx, { params, query }) => deleteRole(ctx, { roleId: params.id, ...query }),
});
