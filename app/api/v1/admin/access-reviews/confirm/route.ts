import { defineRoute } from "@/app/_http/define-route";
import { confirmAccess } from "@/lib/access/reviews/confirm-access";
import { accessInput } from "@/lib/access/reviews/schema";

export const POST = defineRoute({
  summary: "Confirm that somebody still needs a role",
  permission: "rbac:manage",
  body: accessInput,
  useCase: (ctx, { body }) => confirmAccess(ctx, body),
});
