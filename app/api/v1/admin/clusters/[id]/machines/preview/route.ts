import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { previewImport } from "@/lib/vms/adoption/preview-import";
import { importPreview, previewImportInput } from "@/lib/vms/adoption/schema";

export const POST = defineRoute({
  summary: "Show what importing machines would write",
  description: "Each machine's labels are tried in the cluster without writing anything.",
  permission: "platform:admin",
  params: z.strictObject({ id: z.string() }),
  body: previewImportInput.omit({ clusterId: true }),
  output: importPreview,
  useCase: (ctx, { params, body }) => previewImport(ctx, { ...body, clusterId: params.id }),
});
