import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { pauseSchedule } from "@/lib/requests/lifetimes/pause-schedule";
import { pauseScheduleInput } from "@/lib/requests/lifetimes/schema";

export const POST = defineRoute({
  summary: "Pause a machine's schedule until a day, or let it go on",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  body: pauseScheduleInput.omit({ vmId: true }),
  useCase: (ctx, { params, body }) => pauseSchedule(ctx, { vmId: params.id, ...body }),
});
