import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { endEmergency } from "@/lib/requests/emergencies/end-emergency";

export const POST = defineRoute({
  summary: "End an emergency before its time",
  permission: "emergency:use",
  params: z.strictObject({ id: z.string() }),
  useCase: (ctx, { params }) => endEmergency(ctx, { emergencyId: params.id }),
});
