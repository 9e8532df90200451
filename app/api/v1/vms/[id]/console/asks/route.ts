import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { askForControlInput, askedForControl } from "@/lib/console/schema";
import { askForControl } from "@/lib/requests/ask-for-control";

export const POST = defineRoute({
  summary: "Ask whoever has a virtual machine's console for it",
  description:
    "They are asked on their page and have a minute; what they answer stands in the console's status.",
  permission: "vnc:access",
  params: z.strictObject({ id: z.string() }),
  body: askForControlInput.omit({ vmId: true }),
  output: askedForControl,
  status: 202,
  useCase: (ctx, { params, body }) => askForControl(ctx, { vmId: params.id, ...body }),
});
