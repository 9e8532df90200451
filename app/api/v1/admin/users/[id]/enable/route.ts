import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { enableUser } from "@/lib/identity/enable-user";

export const POST = defineRoute({
  summary: "Enable a user again",
  permission: "user:manage (platform:admin for a platform administrator)",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => enableUser(ctx, { userId: params.id }),
});
