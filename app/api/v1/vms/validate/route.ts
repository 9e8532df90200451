import { defineRoute } from "@/app/_http/define-route";
import { previewRequest } from "@/lib/requests/preview-request";
import { placementPreview, previewRequestInput } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Check a request without making it: placement and the clusters' own admission",
  permission: "vm:create",
  body: previewRequestInput,
  output: placementPreview,
  useCase: (ctx, { body }) => previewRequest(ctx, body),
});
