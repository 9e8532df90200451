import { apiRoutes } from "@/app/_http/api-routes";
import { listOperations } from "@/app/_http/openapi";
import { mapReach } from "@/app/_http/permission-reach";
import { listPermissionGroups } from "@/lib/access/roles/queries";
import type { PermissionGroupRow } from "@/lib/access/roles/schema";
import type { Context } from "@/lib/core/context";

/** Every permission by what it is about, with the operations that its doors say it opens. */
export async function readPermissionGroups(ctx: Context): Promise<PermissionGroupRow[]> {
  const [groups, operations] = await Promise.all([listPermissionGroups(ctx), listOperations(apiRoutes())]);
  const reach = mapReach(operations);
  return groups.map(({ group, permissions }) => ({
    group,
    permissions: permissions.map((row) => ({ ...row, operations: reach[row.permission] })),
  }));
}
