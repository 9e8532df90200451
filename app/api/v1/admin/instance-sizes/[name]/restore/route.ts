import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { restoreSize } from "@/lib/catalog/sizes/restore-size";
import { createdSize, restoreSizeInput } from "@/lib/catalog/sizes/schema";

export const POST = defineRoute({
  summary: "Offer a deprecated size again",
  permission: "instance_size:write",
  params: z.strictObject({ name: z.string().max(60) }),
  body: restoreSizeInput.omit({ name: true }),
  output: createdSize,
  useCase: (ctx, { params, body }) => restoreSize(ctx, { name: params.name, ...body }),
});
