import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { connectionReport } from "@/lib/identity/providers/schema";
import { testProvider } from "@/lib/identity/providers/test-connection";

export const POST = defineRoute({
  summary: "Try a sign-in provider as it is kept",
  permission: "auth_provider:configure",
  params: z.strictObject({ id: z.string() }),
  output: connectionReport,
  useCase: (ctx, { params: { id } }) => testProvider(ctx, { providerId: id }),
});
