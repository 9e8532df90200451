import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteWorkflow } from "@/lib/requests/workflows/delete-workflow";
import { readWorkflow } from "@/lib/requests/workflows/queries";
import { changedWorkflow, updateWorkflowInput, workflowRow } from "@/lib/requests/workflows/schema";
import { updateWorkflow } from "@/lib/requests/workflows/update-workflow";

const path = z.strictObject({ id: z.string().max(64) });

export const GET = defineRoute({
  summary: "Read a workflow",
  permission: "platform:admin",
  params: path,
  output: workflowRow,
  useCase: (ctx, { params }) => readWorkflow(ctx, params.id),
});

export const PUT = defineRoute({
  summary: "Change a workflow; requests that wait keep the steps they were asked under",
  permission: "platform:admin",
  params: path,
  body: updateWorkflowInput.omit({ workflowId: true }),
  output: changedWorkflow,
  useCase: (ctx, { params, body }) => updateWorkflow(ctx, { ...body, workflowId: params.id }),
});

export const DELETE = defineRoute({
  summary: "Delete a workflow that no rule names",
  permission: "platform:admin",
  params: path,
  useCase: (ctx, { params }) => deleteWorkflow(ctx, { workflowId: params.id }),
});
