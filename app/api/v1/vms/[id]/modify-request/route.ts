import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { requestModification } from "@/lib/requests/modification/request-modification";
import { modifyVmInput } from "@/lib/requests/modification/schema";
import { submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Ask for a change of a machine",
  permission: "vm:create",
  params: z.strictObject({ id: z.string() }),
  body: modifyVmInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => requestModification(ctx, { ...body, vmId: params.id }),
  headers: (result) => ({ Location: result.links.event }),
});
