import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { requestClone } from "@/lib/requests/clones/request-clone";
import { requestCloneInput } from "@/lib/requests/clones/schema";
import { submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Ask for a copy of a machine",
  permission: "vm:create",
  params: z.strictObject({ id: z.string() }),
  body: requestCloneInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, body }) => requestClone(ctx, { ...body, vmId: params.id }),
  headers: (result) => ({ Location: result.links.event }),
});
