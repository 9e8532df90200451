import { defineRoute } from "@/app/_http/define-route";
import { connectionTest, testConnectionInput } from "@/lib/clusters/connections/schema";
import { testConnection } from "@/lib/clusters/connections/test-connection";

export const POST = defineRoute({
  summary: "Try a kubeconfig before it is saved",
  description:
    "A worker connects once, reads alone, and says what Shepherd would find and use there; nothing is kept. With `cluster_id`, also whether it is that cluster.",
  permission: "cluster:write",
  body: testConnectionInput,
  output: connectionTest,
  useCase: (ctx, { body }) => testConnection(ctx, body),
});
