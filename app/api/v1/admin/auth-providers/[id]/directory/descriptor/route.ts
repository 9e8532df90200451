import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readDirectoryDescriptor } from "@/lib/identity/providers/directory/queries";
import { directoryDescriptor } from "@/lib/identity/providers/directory/schema";

export const GET = defineRoute({
  summary: "Read how a directory's people are found and joined",
  permission: "auth_provider:sync",
  params: z.strictObject({ id: z.string() }),
  output: directoryDescriptor,
  useCase: (ctx, { params: { id } }) => readDirectoryDescriptor(ctx, { providerId: id }),
});
