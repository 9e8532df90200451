import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { sizeRow } from "@/lib/catalog/sizes/schema";
import { listOfferedSizes } from "@/lib/catalog/sizes/queries";

export const GET = defineRoute({
  summary: "List the sizes on offer",
  permission: "vm:read",
  output: z.object({ items: z.array(sizeRow) }),
  useCase: async (ctx) => ({ items: await listOfferedSizes(ctx) }),
});
