import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { adoptVm } from "@/lib/vms/adoption/adopt-vm";
import { adoptedVm, adoptVmInput } from "@/lib/vms/adoption/schema";

export const POST = defineRoute({
  summary: "Adopt a found machine into a service",
  description: "The machine gets a row of its own; nothing is written in the cluster.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  body: adoptVmInput.omit({ adoptionId: true }),
  output: adoptedVm,
  status: 201,
  useCase: (ctx, { params, body }) => adoptVm(ctx, { ...body, adoptionId: params.id }),
  headers: (vm) => ({ Location: `/api/v1/vms/${vm.id}` }),
});
