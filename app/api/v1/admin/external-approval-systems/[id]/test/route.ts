import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deskTestAnswer } from "@/lib/requests/desks/schema";
import { testDesk } from "@/lib/requests/desks/test-desk";

export const POST = defineRoute({
  summary: "Try the connection to an external approval system",
  description: "Sends a real question that leaves nothing to decide, and answers with what the system said.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  output: deskTestAnswer,
  useCase: (ctx, { params: { id } }) => testDesk(ctx, { deskId: id }),
});
