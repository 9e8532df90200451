import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readUpload } from "@/lib/catalog/uploads/queries";
import { removeUpload } from "@/lib/catalog/uploads/remove-upload";
import { uploadRow } from "@/lib/catalog/uploads/schema";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read an uploaded image, or how far its upload is",
  permission: "template:read",
  params,
  output: uploadRow,
  useCase: (ctx, { params: { id } }) => readUpload(ctx, id),
});

export const DELETE = defineRoute({
  summary: "Remove an image that no template starts from, with its volume",
  permission: "template:write",
  params,
  status: 202,
  useCase: (ctx, { params: { id } }) => removeUpload(ctx, { uploadId: id }),
});
