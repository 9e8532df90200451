import { defineRoute } from "@/app/_http/define-route";
import { previewWorkflowChanges } from "@/lib/requests/replays/preview-workflow-changes";
import { previewWorkflowChangesInput, workflowChangesPreview } from "@/lib/requests/replays/schema";

export const POST = defineRoute({
  summary: "Tell who would have had to approve past requests under a workflow, keeping nothing",
  permission: "platform:admin",
  body: previewWorkflowChangesInput,
  output: workflowChangesPreview,
  useCase: (ctx, { body }) => previewWorkflowChanges(ctx, body),
});
