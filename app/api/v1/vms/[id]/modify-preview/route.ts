import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { previewModification } from "@/lib/requests/modification/preview-modification";
import { modificationPreview, previewModificationInput } from "@/lib/requests/modification/schema";

export const POST = defineRoute({
  summary: "Check a change without asking for it: what each part takes, and the cluster's own admission",
  permission: "vm:create",
  params: z.strictObject({ id: z.string() }),
  body: previewModificationInput.omit({ vmId: true }),
  output: modificationPreview,
  useCase: (ctx, { params, body }) => previewModification(ctx, { ...body, vmId: params.id }),
});
