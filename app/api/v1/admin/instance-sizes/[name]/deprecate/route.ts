import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deprecateSize } from "@/lib/catalog/sizes/deprecate-size";
import { createdSize, deprecateSizeInput } from "@/lib/catalog/sizes/schema";

export const POST = defineRoute({
  summary: "Offer a size to nobody any more",
  permission: "instance_size:write",
  params: z.strictObject({ name: z.string().max(60) }),
  body: deprecateSizeInput.omit({ name: true }),
  output: createdSize,
  useCase: (ctx, { params, body }) => deprecateSize(ctx, { name: params.name, ...body }),
});
