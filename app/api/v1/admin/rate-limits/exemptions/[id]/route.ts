import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { revokeExemption } from "@/lib/batches/limits/revoke-exemption";

export const DELETE = defineRoute({
  summary: "Let the limits bind a person again",
  permission: "rate_limit:manage",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => revokeExemption(ctx, { userId: params.id }),
});
