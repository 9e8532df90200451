import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { disableUser } from "@/lib/identity/disable-user";

export const POST = defineRoute({
  summary: "Disable a user",
  description: "Sessions, live pages and consoles end within seconds, and tokens open nothing any more.",
  permission: "user:manage (platform:admin for a platform administrator)",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => disableUser(ctx, { userId: params.id }),
});
