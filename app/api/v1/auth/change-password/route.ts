import { defineRoute } from "@/app/_http/define-route";
import { changePassword } from "@/lib/identity/change-password";
import { changePasswordInput } from "@/lib/identity/schema";

export const POST = defineRoute({
  summary: "Change one's own password",
  description: "Ends the person's other sessions; the one that asks goes on.",
  access: "before-password-change",
  body: changePasswordInput,
  useCase: (ctx, { body }) => changePassword(ctx, body),
});
