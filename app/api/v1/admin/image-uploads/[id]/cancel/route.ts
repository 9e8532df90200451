import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readUpload } from "@/lib/catalog/uploads/queries";
import { cancelUpload } from "@/lib/catalog/uploads/cancel-upload";
import { uploadRow } from "@/lib/catalog/uploads/schema";

export const POST = defineRoute({
  summary: "Stop an upload that is not finished",
  permission: "template:write",
  params: z.strictObject({ id: z.string() }),
  output: uploadRow,
  useCase: async (ctx, { params: { id } }) => {
    await cancelUpload(ctx, { uploadId: id });
    return readUpload(ctx, id);
  },
});
