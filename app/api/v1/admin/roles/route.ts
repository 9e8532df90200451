import { defineRoute } from "@/app/_http/define-route";
import { createRole } from "@/lib/access/roles/create-role";
import { listRoles } from "@/lib/access/roles/queries";
import { createdRole, createRoleInput, roleList } from "@/lib/access/roles/schema";

export const GET = defineRoute({
  summary: "List the roles",
  permission: "rbac:read",
  output: roleList,
  useCase: async (ctx) => ({ items: await listRoles(ctx) }),
});

export const POST = defineRoute({
  summary: "Create a role",
  description: "Nobody puts a permission into a role that they do not hold themselves.",
  permission: "rbac:manage",
  body: createRoleInput,
  output: createdRole,
  status: 201,
  useCase: (ctx, { body }) => createRole(ctx, body),
  headers: (role) => ({ Location: `/api/v1/admin/roles/${role.id}` }),
});
