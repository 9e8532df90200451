import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { startedSync, syncDirectoryInput } from "@/lib/identity/providers/directory/schema";
import { startDirectorySync } from "@/lib/identity/providers/directory/start-directory-sync";

export const POST = defineRoute({
  summary: "Import people from a directory",
  description: "A worker does it; its progress stands among the provider's jobs.",
  permission: "auth_provider:sync",
  params: z.strictObject({ id: z.string() }),
  body: syncDirectoryInput.omit({ providerId: true }),
  output: startedSync,
  status: 202,
  useCase: (ctx, { params: { id }, body }) => startDirectorySync(ctx, { ...body, providerId: id }),
});
