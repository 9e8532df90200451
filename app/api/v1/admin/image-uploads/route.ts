import { defineRoute } from "@/app/_http/define-route";
import { createUpload } from "@/lib/catalog/uploads/create-upload";
import { listUploads, readUpload } from "@/lib/catalog/uploads/queries";
import { createUploadInput, uploadFilter, uploadPage, uploadRow } from "@/lib/catalog/uploads/schema";

export const GET = defineRoute({
  summary: "List uploaded images",
  permission: "template:read",
  query: uploadFilter,
  output: uploadPage,
  useCase: (ctx, { query }) => listUploads(ctx, query),
});

export const POST = defineRoute({
  summary: "Open the upload of an image",
  description:
    "A worker prepares a volume in the cluster. Once the upload is RECEIVING, the file goes to /uploads/{id} by the tus protocol 1.0.0: HEAD says where to go on, PATCH sends at most 64 MiB from there, DELETE cancels.",
  permission: "template:write",
  body: createUploadInput,
  output: uploadRow,
  status: 201,
  useCase: async (ctx, { body }) => readUpload(ctx, (await createUpload(ctx, body)).id),
  headers: (upload) => ({ Location: `/api/v1/admin/image-uploads/${upload.id}` }),
});
