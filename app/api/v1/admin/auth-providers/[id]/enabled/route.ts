import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { enableProvider } from "@/lib/identity/providers/enable-provider";
import { enableProviderInput } from "@/lib/identity/providers/schema";

export const PUT = defineRoute({
  summary: "Switch a sign-in provider on or off",
  permission: "auth_provider:update",
  params: z.strictObject({ id: z.string() }),
  body: enableProviderInput.omit({ providerId: true }),
  useCase: (ctx, { params: { id }, body }) => enableProvider(ctx, { ...body, providerId: id }),
});
