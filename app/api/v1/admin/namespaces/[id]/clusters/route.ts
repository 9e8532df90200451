import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { listNamespacePlaces } from "@/lib/clusters/namespaces/queries";
import { namespacePlaces } from "@/lib/clusters/namespaces/schema";

export const GET = defineRoute({
  summary: "List the clusters of a namespace's environment, and whether each has it",
  permission: "cluster:read",
  params: z.strictObject({ id: z.string() }),
  output: namespacePlaces,
  useCase: async (ctx, { params }) => ({ items: await listNamespacePlaces(ctx, params.id) }),
});
