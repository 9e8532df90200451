import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listEmergencies } from "@/lib/requests/emergencies/queries";
import { emergencyFilter, emergencyPage, startEmergencyInput } from "@/lib/requests/emergencies/schema";
import { startEmergency } from "@/lib/requests/emergencies/start-emergency";

export const GET = defineRoute({
  summary: "List emergencies: your own, and those you decide on",
  permission: "builtin_approval:approve",
  query: emergencyFilter,
  output: emergencyPage,
  useCase: (ctx, { query }) => listEmergencies(ctx, query),
});

export const POST = defineRoute({
  summary: "Break the glass on a System and environment for some minutes",
  description:
    "Wants a fresh second factor. Everybody who decides there is told, and somebody else reviews it.",
  permission: "emergency:use",
  body: startEmergencyInput,
  output: z.object({ id: z.string() }),
  status: 201,
  useCase: (ctx, { body }) => startEmergency(ctx, body),
  headers: ({ id }) => ({ Location: `/api/v1/emergencies/${id}` }),
});
