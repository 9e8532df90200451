import { defineRoute } from "@/app/_http/define-route";
import { createEnvironment } from "@/lib/access/environments/create-environment";
import { listEnvironmentUse } from "@/lib/access/environments/queries";
import {
  createdEnvironment,
  createEnvironmentInput,
  environmentUseList,
} from "@/lib/access/environments/schema";

export const GET = defineRoute({
  summary: "List the environments and what stands in them",
  permission: "platform:admin",
  output: environmentUseList,
  useCase: async (ctx) => ({ items: await listEnvironmentUse(ctx) }),
});

export const POST = defineRoute({
  summary: "Create an environment",
  permission: "platform:admin",
  body: createEnvironmentInput,
  output: createdEnvironment,
  status: 201,
  useCase: (ctx, { body }) => createEnvironment(ctx, body),
  headers: (environment) => ({ Location: `/api/v1/admin/environments/${environment.name}` }),
});
