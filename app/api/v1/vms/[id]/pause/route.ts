import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { pauseVm } from "@/lib/requests/pause-vm";
import { powerInput, submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Pause a virtual machine: its guest stands still and keeps its memory",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  body: powerInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => pauseVm(ctx, { ...body, vmId: params.id }),
  headers: (result) => ({ Location: result.links.event }),
});
