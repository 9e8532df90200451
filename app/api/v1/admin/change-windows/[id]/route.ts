import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { removeWindow } from "@/lib/requests/calendar/remove-window";
import { calendarChange, updateWindowInput } from "@/lib/requests/calendar/schema";
import { updateWindow } from "@/lib/requests/calendar/update-window";

const path = z.strictObject({ id: z.string() });

export const PUT = defineRoute({
  summary: "Change a change window",
  permission: "platform:admin",
  params: path,
  body: updateWindowInput.omit({ windowId: true }),
  output: calendarChange,
  useCase: (ctx, { params, body }) => updateWindow(ctx, { windowId: params.id, ...body }),
});

export const DELETE = defineRoute({
  summary: "Remove a change window",
  permission: "platform:admin",
  params: path,
  output: calendarChange,
  useCase: (ctx, { params }) => removeWindow(ctx, { windowId: params.id }),
});
