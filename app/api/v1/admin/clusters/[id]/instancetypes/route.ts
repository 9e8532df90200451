import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { importInstancetypes } from "@/lib/catalog/sizes/instancetypes/import-instancetypes";
import { previewInstancetypes } from "@/lib/catalog/sizes/instancetypes/preview-instancetypes";
import {
  importedInstancetypes,
  importInstancetypesInput,
  instancetypePreview,
} from "@/lib/catalog/sizes/instancetypes/schema";

const path = z.strictObject({ id: z.string().max(64) });

export const GET = defineRoute({
  summary: "Read a cluster's instance types as the sizes they would become",
  permission: "instance_size:read",
  params: path,
  output: instancetypePreview,
  useCase: (ctx, { params }) => previewInstancetypes(ctx, { clusterId: params.id }),
});

export const POST = defineRoute({
  summary: "Create sizes of a cluster's instance types",
  permission: "instance_size:write",
  params: path,
  body: importInstancetypesInput.omit({ clusterId: true }),
  output: importedInstancetypes,
  status: 201,
  useCase: (ctx, { params, body }) => importInstancetypes(ctx, { clusterId: params.id, ...body }),
});
