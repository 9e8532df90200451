import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { changeBinding } from "@/lib/access/change-binding";
import { revokeRole } from "@/lib/access/revoke-role";
import { changeBindingInput } from "@/lib/access/schema";

const path = z.strictObject({ id: z.string(), bindingId: z.string() });

export const PATCH = defineRoute({
  summary: "Change where a user's role reaches and until when",
  permission: "rbac:manage",
  params: path,
  body: changeBindingInput.omit({ bindingId: true, userId: true }),
  useCase: (ctx, { params, body }) =>
    changeBinding(ctx, { bindingId: params.bindingId, userId: params.id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Take a role from a user",
  permission: "rbac:manage",
  params: path,
  useCase: (ctx, { params }) => revokeRole(ctx, { bindingId: params.bindingId, userId: params.id }),
});
