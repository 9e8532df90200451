import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { endDelegation } from "@/lib/requests/delegations/end-delegation";

export const DELETE = defineRoute({
  summary: "Take one's word back before the time is over",
  params: z.strictObject({ id: z.string().max(64) }),
  useCase: (ctx, { params }) => endDelegation(ctx, { delegationId: params.id }),
});
