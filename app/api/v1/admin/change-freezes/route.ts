import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { addFreeze } from "@/lib/requests/calendar/add-freeze";
import { listCalendarRules } from "@/lib/requests/calendar/queries";
import { addFreezeInput, calendarChange, freezeRow } from "@/lib/requests/calendar/schema";

export const GET = defineRoute({
  summary: "List the change freezes",
  permission: "platform:admin",
  output: z.object({ items: z.array(freezeRow) }),
  useCase: async (ctx) => ({ items: (await listCalendarRules(ctx)).freezes }),
});

export const POST = defineRoute({
  summary: "Add a freeze",
  permission: "platform:admin",
  body: addFreezeInput,
  output: calendarChange,
  status: 201,
  useCase: (ctx, { body }) => addFreeze(ctx, body),
});
