import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readEvent } from "@/lib/requests/events/read-event";
import { eventRow } from "@/lib/requests/events/schema";

export const GET = defineRoute({
  summary: "Follow an accepted operation",
  permission: "ticket:view",
  params: z.strictObject({ id: z.string() }),
  output: eventRow,
  useCase: (ctx, { params }) => readEvent(ctx, params.id),
});
