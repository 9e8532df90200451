import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { enableDesk } from "@/lib/requests/desks/enable-desk";
import { enableDeskInput } from "@/lib/requests/desks/schema";

export const PUT = defineRoute({
  summary: "Switch an external approval system on or off",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  body: enableDeskInput.omit({ deskId: true }),
  useCase: (ctx, { params: { id }, body }) => enableDesk(ctx, { ...body, deskId: id }),
});
