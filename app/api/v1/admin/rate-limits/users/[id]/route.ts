import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { setOverride } from "@/lib/batches/limits/set-override";
import { setOverrideInput } from "@/lib/batches/limits/schema";

export const PUT = defineRoute({
  summary: "Set limits of one person's own; none given: as everybody",
  permission: "rate_limit:manage",
  params: z.strictObject({ id: z.string() }),
  body: setOverrideInput.omit({ userId: true }),
  useCase: (ctx, { params, body }) => setOverride(ctx, { userId: params.id, ...body }),
});
