import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { nameWireFields } from "@/app/_http/preview-fields";
import { readSize } from "@/lib/catalog/sizes/queries";
import { removeSize } from "@/lib/catalog/sizes/remove-size";
import { createdSize, removeSizeInput, sizeDetail, updateSizeInput } from "@/lib/catalog/sizes/schema";
import { updateSize } from "@/lib/catalog/sizes/update-size";
import { previewSizeChange } from "@/lib/vms/size-preview/preview-size";
import { sizeDryRun, sizePreview } from "@/lib/vms/size-preview/schema";

const path = z.strictObject({ name: z.string().max(60) });

export const GET = defineRoute({
  summary: "Read a size with its use and its history",
  permission: "instance_size:read",
  params: path,
  output: sizeDetail,
  useCase: (ctx, { params }) => readSize(ctx, params),
});

const savedOrPreview = z.union([createdSize, sizePreview]);

export const PATCH = defineRoute({
  summary: "Change a size, or see what it would become",
  description: "Names the `version` that was read. With `dry_run=All` nothing is stored.",
  permission: "instance_size:write",
  params: path,
  query: sizeDryRun,
  body: updateSizeInput.omit({ name: true }),
  output: savedOrPreview,
  useCase: async (ctx, { params, query, body }): Promise<z.input<typeof savedOrPreview>> => {
    const change = { ...body, name: params.name };
    if (query.dryRun === undefined) return updateSize(ctx, change);
    const target = { clusterId: query.targetCluster ?? null, templateId: query.template };
    return nameWireFields(await previewSizeChange(ctx, { change, ...target }));
  },
});

export const DELETE = defineRoute({
  summary: "Delete a size that nothing uses",
  permission: "instance_size:write",
  params: path,
  query: removeSizeInput.omit({ name: true }),
  useCase: (ctx, { params, query }) => removeSize(ctx, { name: params.name, ...query }),
});
