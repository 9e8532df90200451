import { defineRoute } from "@/app/_http/define-route";
import { previewedSteps, testWorkflowInput } from "@/lib/requests/workflows/schema";
import { testWorkflow } from "@/lib/requests/workflows/test-workflow";

export const POST = defineRoute({
  summary: "Ask who would approve a request, step by step, by what is stored or by a draft",
  permission: "platform:admin",
  body: testWorkflowInput,
  output: previewedSteps,
  useCase: (ctx, { body }) => testWorkflow(ctx, body),
});
