import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { chooseClaims } from "@/lib/identity/providers/mapping/choose-claims";
import { chooseClaimsInput } from "@/lib/identity/providers/mapping/schema";
import { readAuthProvider } from "@/lib/identity/providers/queries";
import { providerDetail } from "@/lib/identity/providers/schema";

export const PUT = defineRoute({
  summary: "Choose which fields say who somebody is and what they belong to",
  permission: "auth_provider:update",
  params: z.strictObject({ id: z.string() }),
  body: chooseClaimsInput.omit({ providerId: true }),
  output: providerDetail,
  useCase: async (ctx, { params: { id }, body }) => {
    await chooseClaims(ctx, { ...body, providerId: id });
    return readAuthProvider(ctx, id);
  },
});
