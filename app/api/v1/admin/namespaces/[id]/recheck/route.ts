import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { recheckNamespace } from "@/lib/clusters/namespaces/recheck-namespace";
import { recheckedNamespace } from "@/lib/clusters/namespaces/schema";

export const POST = defineRoute({
  summary: "Look for a namespace in the clusters of its environment",
  description: "A worker asks all of them at once; the answer is awaited for ten seconds at most.",
  permission: "cluster:read",
  params: z.strictObject({ id: z.string() }),
  output: recheckedNamespace,
  useCase: (ctx, { params }) => recheckNamespace(ctx, { namespaceId: params.id }),
});
