import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readClusterEvents } from "@/lib/vms/explanation/queries";
import { clusterEvents } from "@/lib/vms/explanation/schema";

export const GET = defineRoute({
  summary: "List what its cluster reported of a machine",
  permission: "vm:read",
  params: z.strictObject({ id: z.string() }),
  output: clusterEvents,
  useCase: (ctx, { params }) => readClusterEvents(ctx, params.id),
});
