import { defineRoute } from "@/app/_http/define-route";
import { listCalendar } from "@/lib/requests/calendar/queries";
import { calendarAnswer, calendarFilter } from "@/lib/requests/calendar/schema";

export const GET = defineRoute({
  summary: "List windows, freezes and waiting requests between two moments",
  query: calendarFilter,
  output: calendarAnswer,
  useCase: async (ctx, { query }) => ({ items: await listCalendar(ctx, query) }),
});
