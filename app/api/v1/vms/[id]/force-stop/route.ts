import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { forceStopVm } from "@/lib/requests/force-stop-vm";
import { powerInput, submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Pull the power cord of a virtual machine: its guest is given no time",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  body: powerInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => forceStopVm(ctx, { ...body, vmId: params.id }),
  headers: (result) => ({ Location: result.links.event }),
});
