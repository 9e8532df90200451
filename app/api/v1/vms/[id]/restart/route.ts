import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { restartVm } from "@/lib/requests/restart-vm";
import { submitted } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Restart a virtual machine",
  permission: "vm:operate",
  params: z.strictObject({ id: z.string() }),
  output: submitted,
  status: 202,
  useCase: (ctx, { params }) => restartVm(ctx, { vmId: params.id, reason: "" }),
  headers: (result) => ({ Location: result.links.event }),
});
