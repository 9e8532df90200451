import { defineRoute } from "@/app/_http/define-route";
import { requestVm } from "@/lib/requests/request-vm";
import { requestVmInput, submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Ask for a virtual machine",
  permission: "vm:create",
  body: requestVmInput,
  output: submitted,
  status: 202,
  useCase: (ctx, { body }) => requestVm(ctx, body),
  headers: (result) => ({ Location: result.links.event }),
});
