import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { resetFactors } from "@/lib/identity/factors/reset-factors";
import { resetFactorsInput } from "@/lib/identity/factors/schema";

export const DELETE = defineRoute({
  summary: "Remove all second factors of somebody who lost them",
  description: "Asks for a fresh second factor. The person's sessions end.",
  permission: "user:manage",
  params: z.strictObject({ id: z.string().max(64) }),
  query: resetFactorsInput.pick({ reason: true }),
  useCase: (ctx, { params, query }) => resetFactors(ctx, { userId: params.id, ...query }),
});
