import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { restartVm } from "@/lib/requests/restart-vm";
import { powerInput, submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Restart a virtual machine",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  body: powerInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => restartVm(ctx, { ...body, vmId: params.id }),
  headers: (result) => ({ Location: result.links.event }),
});
