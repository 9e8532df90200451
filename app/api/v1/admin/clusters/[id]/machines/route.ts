import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listMachines } from "@/lib/vms/adoption/queries";
import { machineFilter, machinePage } from "@/lib/vms/adoption/schema";

export const GET = defineRoute({
  summary: "List a cluster's virtual machines that are not the portal's",
  description: "Asked of the cluster itself by a worker, ten seconds at most.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  query: machineFilter,
  output: machinePage,
  useCase: async (ctx, { params, query }) => {
    const { items, nextCursor } = await listMachines(ctx, { ...query, clusterId: params.id });
    return { items, nextCursor };
  },
});
