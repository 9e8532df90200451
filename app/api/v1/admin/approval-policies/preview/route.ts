import { defineRoute } from "@/app/_http/define-route";
import { previewChanges } from "@/lib/requests/replays/preview-changes";
import { changesPreview, previewChangesInput } from "@/lib/requests/replays/schema";

export const POST = defineRoute({
  summary: "Count which of the newest requests a rule would have answered otherwise, keeping nothing",
  permission: "platform:admin",
  body: previewChangesInput,
  output: changesPreview,
  useCase: (ctx, { body }) => previewChanges(ctx, body),
});
