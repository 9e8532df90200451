import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { reviewEmergency } from "@/lib/requests/emergencies/review-emergency";
import { reviewEmergencyInput } from "@/lib/requests/emergencies/schema";

export const POST = defineRoute({
  summary: "Say whether an emergency was right; never by whoever acted",
  permission: "builtin_approval:approve",
  params: z.strictObject({ id: z.string() }),
  body: reviewEmergencyInput.omit({ emergencyId: true }),
  useCase: (ctx, { params, body }) => reviewEmergency(ctx, { emergencyId: params.id, ...body }),
});
