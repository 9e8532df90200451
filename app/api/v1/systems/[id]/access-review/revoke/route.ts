import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeAccess } from "@/lib/access/reviews/revoke-access";
import { accessInput } from "@/lib/access/reviews/schema";

export const POST = defineRoute({
  summary: "Take a reviewed role on a system away",
  description: "Takes the admin role on the system; for a platform role bound to it, rbac:manage.",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  body: accessInput.omit({ systemId: true }),
  useCase: (ctx, { params, body }) => revokeAccess(ctx, { systemId: params.id, ...body }),
});
