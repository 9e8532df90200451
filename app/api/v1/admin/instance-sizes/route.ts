import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { nameWireFields } from "@/app/_http/preview-fields";
import { createSize } from "@/lib/catalog/sizes/create-size";
import { listSizes } from "@/lib/catalog/sizes/queries";
import { createdSize, createSizeInput, sizeFilter, sizePage } from "@/lib/catalog/sizes/schema";
import { previewSize } from "@/lib/vms/size-preview/preview-size";
import { sizeDryRun, sizePreview } from "@/lib/vms/size-preview/schema";

export const GET = defineRoute({
  summary: "List the sizes with their use",
  permission: "instance_size:read",
  query: sizeFilter,
  output: sizePage,
  useCase: (ctx, { query }) => listSizes(ctx, query),
});

const createdOrPreview = z.union([createdSize, sizePreview]);

export const POST = defineRoute({
  summary: "Create a size, or see what it would be",
  description:
    "With `dry_run=All` nothing is stored; the answer is the rendered machine, the clusters it fits, and with " +
    "`target_cluster` what that cluster's own admission says.",
  permission: "instance_size:write",
  query: sizeDryRun,
  body: createSizeInput,
  output: createdOrPreview,
  status: 201,
  useCase: async (ctx, { query, body }): Promise<z.input<typeof createdOrPreview>> =>
    query.dryRun === undefined
      ? createSize(ctx, body)
      : nameWireFields(
          await previewSize(ctx, {
            size: body,
            clusterId: query.targetCluster ?? null,
            templateId: query.template,
          }),
        ),
  headers: (result): Record<string, string> =>
    "name" in result ? { Location: `/api/v1/admin/instance-sizes/${result.name}` } : {},
});
