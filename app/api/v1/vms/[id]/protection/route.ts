import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { protectVm } from "@/lib/requests/lifetimes/protect-vm";
import { protectVmInput } from "@/lib/requests/lifetimes/schema";

export const PUT = defineRoute({
  summary: "Protect a machine against deletion, or take the protection off",
  permission: "vm:delete",
  params: z.strictObject({ id: z.string() }),
  body: protectVmInput.omit({ vmId: true }),
  useCase: (ctx, { params, body }) => protectVm(ctx, { vmId: params.id, ...body }),
});
