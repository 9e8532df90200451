import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { removeSchedule } from "@/lib/requests/lifetimes/remove-schedule";
import { requestSchedule } from "@/lib/requests/lifetimes/request-schedule";
import { requestScheduleInput } from "@/lib/requests/lifetimes/schema";
import { submitted } from "@/lib/requests/schema";

const params = z.strictObject({ id: z.string() });

export const PUT = defineRoute({
  summary: "Have a machine start and stop by the clock; where policy asks, once for all its runs",
  permission: "vm:operate",
  params,
  body: requestScheduleInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, input) => requestSchedule(ctx, { vmId: input.params.id, ...input.body }),
  headers: ({ links }) => ({ Location: links.event }),
});

export const DELETE = defineRoute({
  summary: "End a machine's schedule",
  permission: "vm:operate",
  params,
  useCase: (ctx, input) => removeSchedule(ctx, { vmId: input.params.id }),
});
