import { defineRoute } from "@/app/_http/define-route";
import { revokeAccess } from "@/lib/access/reviews/revoke-access";
import { accessInput } from "@/lib/access/reviews/schema";

export const POST = defineRoute({
  summary: "Take a reviewed role away",
  permission: "rbac:manage",
  body: accessInput,
  useCase: (ctx, { body }) => revokeAccess(ctx, body),
});
