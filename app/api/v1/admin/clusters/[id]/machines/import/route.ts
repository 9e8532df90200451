import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { importVms } from "@/lib/vms/adoption/import-vms";
import { listImports } from "@/lib/vms/adoption/queries";
import { importList, importVmsInput, startedImports } from "@/lib/vms/adoption/schema";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "List a cluster's latest imports and how each ended",
  permission: "platform:admin",
  params,
  output: importList,
  useCase: async (ctx, { params: { id } }) => ({ imports: await listImports(ctx, id) }),
});

export const POST = defineRoute({
  summary: "Import machines as previewed",
  description:
    "Only labels are written, by server-side apply without force; whatever differs from the preview is refused.",
  permission: "platform:admin",
  params,
  body: importVmsInput.omit({ clusterId: true }),
  output: startedImports,
  status: 202,
  useCase: (ctx, { params: { id }, body }) => importVms(ctx, { ...body, clusterId: id }),
});
