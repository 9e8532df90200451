import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { resetPassword } from "@/lib/identity/reset-password";
import { passwordLink } from "@/lib/identity/schema";

export const POST = defineRoute({
  summary: "Replace a user's password by a one-time link",
  description: "The old password and every session end at once; the link is answered only once.",
  permission: "user:manage (platform:admin for a platform administrator)",
  params: z.strictObject({ id: z.string() }),
  output: passwordLink,
  useCase: (ctx, { params }) => resetPassword(ctx, { userId: params.id }),
});
