import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { previewApproval } from "@/lib/requests/preview-approval";
import { placementPreview, previewInput } from "@/lib/requests/schema";

export const POST = defineRoute({
  summary: "Check an approval's choices without deciding",
  permission: "builtin_approval:view",
  params: z.strictObject({ id: z.string() }),
  body: previewInput.omit({ ticketId: true }),
  output: placementPreview,
  useCase: (ctx, { params, body }) => previewApproval(ctx, { ticketId: params.id, ...body }),
});
