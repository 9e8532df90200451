import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readEmergency } from "@/lib/requests/emergencies/queries";
import { emergencyDetail } from "@/lib/requests/emergencies/schema";

export const GET = defineRoute({
  summary: "Read an emergency with what ran in its name",
  permission: "builtin_approval:approve",
  params: z.strictObject({ id: z.string() }),
  output: emergencyDetail,
  useCase: (ctx, { params }) => readEmergency(ctx, params.id),
});
