import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readUpload } from "@/lib/catalog/uploads/queries";
import { retryUpload } from "@/lib/catalog/uploads/retry-upload";
import { uploadRow } from "@/lib/catalog/uploads/schema";

export const POST = defineRoute({
  summary: "Try a failed upload again",
  permission: "template:write",
  params: z.strictObject({ id: z.string() }),
  output: uploadRow,
  useCase: async (ctx, { params: { id } }) => {
    await retryUpload(ctx, { uploadId: id });
    return readUpload(ctx, id);
  },
});
