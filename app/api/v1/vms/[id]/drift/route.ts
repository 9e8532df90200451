import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { acceptDrift } from "@/lib/vms/modification/accept-drift";
import { readLiveSpec } from "@/lib/vms/modification/queries";
import { acceptDriftInput, liveSpec } from "@/lib/vms/modification/schema";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read what the cluster has of a machine, and where that is not what is wanted",
  permission: "vm:read",
  params,
  output: z.object({ live: liveSpec.nullable() }),
  useCase: async (ctx, { params: { id } }) => ({ live: await readLiveSpec(ctx, id) }),
});

export const POST = defineRoute({
  summary: "Take what the cluster has of a machine as what is wanted",
  permission: "vm:create",
  params,
  body: acceptDriftInput.omit({ vmId: true }),
  output: z.object({}),
  useCase: async (ctx, { params: { id }, body }) => {
    await acceptDrift(ctx, { vmId: id, reason: body.reason });
    return {};
  },
});
