import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { assignRole } from "@/lib/access/assign-role";
import { assignRoleInput } from "@/lib/access/schema";

export const POST = defineRoute({
  summary: "Give a user a role",
  permission: "rbac:manage",
  params: z.strictObject({ id: z.string() }),
  body: assignRoleInput.omit({ userId: true }),
  useCase: (ctx, { params, body }) => assignRole(ctx, { userId: params.id, ...body }),
});
