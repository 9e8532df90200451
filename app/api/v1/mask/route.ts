import { defineRoute } from "@/app/_http/define-route";
import { readMask } from "@/lib/catalog/fields/queries";
import { fieldMask, maskQuery } from "@/lib/catalog/fields/schema";

export const GET = defineRoute({
  summary: "Read which fields a form shows, in which order",
  access: "anyone",
  query: maskQuery,
  output: fieldMask,
  useCase: (_ctx, { query }) => readMask(query.entity),
  headers: () => ({ "cache-control": "public, max-age=3600" }),
});
