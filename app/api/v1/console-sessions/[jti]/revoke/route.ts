import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeConsole } from "@/lib/console/revoke-console";
import { revokeConsoleInput } from "@/lib/console/schema";

export const POST = defineRoute({
  summary: "End a console session at once, and the grant behind it",
  description: "For the owners and admins of the virtual machine's system, and for platform administrators.",
  permission: "vm:operate",
  params: z.strictObject({ jti: z.string() }),
  body: revokeConsoleInput.pick({ reason: true }),
  useCase: (ctx, { params, body }) => revokeConsole(ctx, { jti: params.jti, ...body }),
});
