import { apiRoutes } from "@/app/_http/api-routes";
import { defineRoute } from "@/app/_http/define-route";
import { listOperations } from "@/app/_http/openapi";
import { mapReach } from "@/app/_http/permission-reach";
import { listPermissionGroups } from "@/lib/access/roles/queries";
import { permissionList } from "@/lib/access/roles/schema";

export const GET = defineRoute({
  summary: "List the permissions and what each of them opens",
  permission: "rbac:read",
  output: permissionList,
  useCase: async (ctx) => {
    const groups = await listPermissionGroups(ctx);
    const reach = mapReach(await listOperations(apiRoutes()));
    const items = groups.map(({ group, permissions }) => ({
      group,
      permissions: permissions.map((row) => ({ ...row, operations: reach[row.permission] })),
    }));
    return { items };
  },
});
