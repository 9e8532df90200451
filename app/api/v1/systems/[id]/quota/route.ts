import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listSystemQuotas } from "@/lib/requests/quotas/queries";
import { systemQuotas } from "@/lib/requests/quotas/schema";

export const GET = defineRoute({
  summary: "Read what a System may hold and holds in each environment",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  output: systemQuotas,
  useCase: async (ctx, { params }) => ({ items: await listSystemQuotas(ctx, params.id) }),
});
