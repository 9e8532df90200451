import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { confirmAccess } from "@/lib/access/reviews/confirm-access";
import { accessInput } from "@/lib/access/reviews/schema";

export const POST = defineRoute({
  summary: "Confirm that somebody still needs a role on a system",
  description: "Takes the admin role on the system; for a platform role bound to it, rbac:manage.",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  body: accessInput.omit({ systemId: true }),
  useCase: (ctx, { params, body }) => confirmAccess(ctx, { systemId: params.id, ...body }),
});
