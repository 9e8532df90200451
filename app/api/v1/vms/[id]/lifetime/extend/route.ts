import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { extendVm } from "@/lib/requests/lifetimes/extend-vm";
import { extendVmInput } from "@/lib/requests/lifetimes/schema";

export const POST = defineRoute({
  summary: "Extend a machine's life within what one click gives",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  body: extendVmInput.omit({ vmId: true }),
  output: z.object({ expiresAt: z.date() }),
  useCase: (ctx, { params, body }) => extendVm(ctx, { vmId: params.id, ...body }),
});
