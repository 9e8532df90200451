import { defineRoute } from "@/app/_http/define-route";
import { listOwnPermissions } from "@/lib/access/queries";
import { permissionList } from "@/lib/identity/schema";

export const GET = defineRoute({
  summary: "List one's own permissions",
  output: permissionList,
  useCase: async (ctx) => ({ permissions: await listOwnPermissions(ctx) }),
});
