import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { previewDirectory } from "@/lib/identity/providers/directory/queries";
import { directoryPreview, previewDirectoryInput } from "@/lib/identity/providers/directory/schema";

export const POST = defineRoute({
  summary: "Show what an import from a directory would do",
  permission: "auth_provider:sync",
  params: z.strictObject({ id: z.string() }),
  body: previewDirectoryInput.omit({ providerId: true }),
  output: directoryPreview,
  useCase: (ctx, { params: { id }, body }) => previewDirectory(ctx, { ...body, providerId: id }),
});
