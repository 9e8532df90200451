import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { addWindow } from "@/lib/requests/calendar/add-window";
import { listCalendarRules } from "@/lib/requests/calendar/queries";
import { addWindowInput, calendarChange, windowRow } from "@/lib/requests/calendar/schema";

export const GET = defineRoute({
  summary: "List the change windows",
  permission: "platform:admin",
  output: z.object({ items: z.array(windowRow) }),
  useCase: async (ctx) => ({ items: (await listCalendarRules(ctx)).windows }),
});

export const POST = defineRoute({
  summary: "Add a change window",
  permission: "platform:admin",
  body: addWindowInput,
  output: calendarChange,
  status: 201,
  useCase: (ctx, { body }) => addWindow(ctx, body),
});
