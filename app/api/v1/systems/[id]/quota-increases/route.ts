import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { requestIncrease } from "@/lib/requests/quotas/request-increase";
import { increaseQuotaInput } from "@/lib/requests/quotas/schema";
import { submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Ask for more room for a System in an environment",
  permission: "system:read",
  params: z.strictObject({ id: z.string() }),
  body: increaseQuotaInput.omit({ systemId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => requestIncrease(ctx, { systemId: params.id, ...body }),
  headers: (result) => ({ Location: `/api/v1/events/${result.eventId}` }),
});
