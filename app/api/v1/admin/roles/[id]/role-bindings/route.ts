import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listBindings } from "@/lib/access/queries";
import { bindingFilter, bindingPage } from "@/lib/access/schema";

export const GET = defineRoute({
  summary: "List who holds a role",
  permission: "rbac:read",
  params: z.strictObject({ id: z.string() }),
  query: bindingFilter.omit({ roleId: true }),
  output: bindingPage,
  useCase: (ctx, { params, query }) => listBindings(ctx, { roleId: params.id, ...query }),
});
