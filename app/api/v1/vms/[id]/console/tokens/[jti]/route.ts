import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeConsole } from "@/lib/console/revoke-console";

export const DELETE = defineRoute({
  summary: "End a console session or an unused token, and the grant behind it",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string(), jti: z.string() }),
  useCase: (ctx, { params }) => revokeConsole(ctx, { vmId: params.id, jti: params.jti }),
});
