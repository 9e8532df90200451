import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteVm } from "@/lib/requests/delete-vm";
import { deleteVmInput, submitted } from "@/lib/requests/schema";
import { readVm } from "@/lib/vms/queries";
import { vmDetail } from "@/lib/vms/schema";

const path = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read a virtual machine",
  permission: "vm:read",
  params: path,
  output: vmDetail,
  useCase: (ctx, { params }) => readVm(ctx, params.id),
});

export const DELETE = defineRoute({
  summary: "Ask for the deletion of a virtual machine",
  permission: "vm:delete",
  params: path,
  query: deleteVmInput.omit({ vmId: true }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params, query }) => deleteVm(ctx, { vmId: params.id, ...query }),
  headers: (result) => ({ Location: result.links.event }),
});
