import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { rotateCredentials } from "@/lib/clusters/rotate-credentials";
import { rotateCredentialsInput } from "@/lib/clusters/schema";

export const PUT = defineRoute({
  summary: "Replace a cluster's kubeconfig",
  permission: "cluster:write",
  params: z.strictObject({ id: z.string() }),
  body: rotateCredentialsInput.omit({ clusterId: true }),
  useCase: (ctx, { params, body }) => rotateCredentials(ctx, { ...body, clusterId: params.id }),
});
