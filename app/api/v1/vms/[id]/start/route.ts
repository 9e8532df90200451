import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { startVm } from "@/lib/requests/start-vm";
import { submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Start a virtual machine",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params }) => startVm(ctx, { vmId: params.id, reason: "" }),
  headers: (result) => ({ Location: result.links.event }),
});
