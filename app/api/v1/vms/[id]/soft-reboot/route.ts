import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { rebootVm } from "@/lib/requests/reboot-vm";
import { powerInput, submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Ask the guest of a virtual machine to restart itself",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  body: powerInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => rebootVm(ctx, { ...body, vmId: params.id }),
  headers: (result) => ({ Location: result.links.event }),
});
