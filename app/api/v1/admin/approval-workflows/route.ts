import { defineRoute } from "@/app/_http/define-route";
import { createWorkflow } from "@/lib/requests/workflows/create-workflow";
import { listWorkflows } from "@/lib/requests/workflows/queries";
import {
  createdWorkflow,
  createWorkflowInput,
  workflowFilter,
  workflowPage,
} from "@/lib/requests/workflows/schema";

export const GET = defineRoute({
  summary: "List the workflows in the order in which they are asked whether they match",
  permission: "platform:admin",
  query: workflowFilter,
  output: workflowPage,
  useCase: (ctx, { query }) => listWorkflows(ctx, query),
});

export const POST = defineRoute({
  summary: "Create a workflow",
  permission: "platform:admin",
  body: createWorkflowInput,
  output: createdWorkflow,
  status: 201,
  useCase: (ctx, { body }) => createWorkflow(ctx, body),
  headers: ({ id }) => ({ Location: `/api/v1/admin/approval-workflows/${id}` }),
});
