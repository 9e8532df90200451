import { defineRoute } from "@/app/_http/define-route";
import { requestVm } from "@/lib/requests/request-vm";
import { requestVmInput, submitted } from "@/lib/requests/schema";
import { listVms } from "@/lib/vms/list/queries";
import { vmFilter, vmPage } from "@/lib/vms/list/schema";

export const GET = defineRoute({
  summary: "List the virtual machines you can see",
  description:
    "`q` takes the words of the list's search, such as `status:running system:shop cpu>4 name:redis*`; `sort` a column, " +
    "with a minus before it for the other direction; `ids`, repeated, asks for these alone.",
  permission: "vm:read",
  query: vmFilter,
  output: vmPage,
  useCase: (ctx, { query }) => listVms(ctx, query),
});

export const POST = defineRoute({
  summary: "Ask for a virtual machine",
  permission: "vm:create",
  body: requestVmInput,
  output: submitted,
  status: 202,
  useCase: (ctx, { body }) => requestVm(ctx, body),
  headers: (result) => ({ Location: result.links.event }),
});
