import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { answerControl } from "@/lib/console/answer-control";
import { answerControlInput } from "@/lib/console/schema";

export const PUT = defineRoute({
  summary: "Answer somebody who asks for the console one has",
  description: "Granting it ends the own session; whoever asked connects as usual.",
  params: z.strictObject({ id: z.string(), askId: z.string() }),
  body: answerControlInput.pick({ verdict: true }),
  useCase: (ctx, { params, body }) => answerControl(ctx, { askId: params.askId, ...body }),
});
