import { defineRoute } from "@/app/_http/define-route";
import { readPublicFields } from "@/lib/catalog/fields/queries";
import { publicFields, schemasParams, schemasQuery } from "@/lib/catalog/fields/schema";

export const GET = defineRoute({
  summary:
    "Read the KubeVirt fields that a form of sizes or templates shows, with their types and allowed values",
  access: "anyone",
  params: schemasParams,
  query: schemasQuery,
  output: publicFields,
  useCase: (_ctx, { params, query }) => readPublicFields(params.entity, query.minor),
  headers: ({ source }) => ({
    // A minor's fields never change; a stand-in leaves as soon as a cluster has told its own.
    "cache-control": `public, max-age=${source === "fallback" ? 30 : 3600}`,
  }),
});
