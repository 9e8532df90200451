import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { removeFreeze } from "@/lib/requests/calendar/remove-freeze";
import { calendarChange, updateFreezeInput } from "@/lib/requests/calendar/schema";
import { updateFreeze } from "@/lib/requests/calendar/update-freeze";

const path = z.strictObject({ id: z.string() });

export const PUT = defineRoute({
  summary: "Change a freeze",
  permission: "platform:admin",
  params: path,
  body: updateFreezeInput.omit({ freezeId: true }),
  output: calendarChange,
  useCase: (ctx, { params, body }) => updateFreeze(ctx, { freezeId: params.id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Remove a freeze",
  permission: "platform:admin",
  params: path,
  output: calendarChange,
  useCase: (ctx, { params }) => removeFreeze(ctx, { freezeId: params.id }),
});
