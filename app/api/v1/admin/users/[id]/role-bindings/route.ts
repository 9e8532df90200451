import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { assignRole } from "@/lib/access/assign-role";
import { listBindings } from "@/lib/access/queries";
import { assignRoleInput, bindingFilter, bindingPage, createdBinding } from "@/lib/access/schema";

const path = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "List a user's roles",
  permission: "rbac:read",
  params: path,
  query: bindingFilter.omit({ userId: true }),
  output: bindingPage,
  useCase: (ctx, { params, query }) => listBindings(ctx, { userId: params.id, ...query }),
});

export const POST = defineRoute({
  summary: "Give a user a role",
  description:
    "Everywhere or on one system, in the environments named, for good or until a time. Ends their sessions.",
  permission: "rbac:manage",
  params: path,
  body: assignRoleInput.omit({ userId: true }),
  output: createdBinding,
  status: 201,
  useCase: (ctx, { params, body }) => assignRole(ctx, { userId: params.id, ...body }),
});
