import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { deleteProvider } from "@/lib/identity/providers/delete-provider";
import { readAuthProvider } from "@/lib/identity/providers/queries";
import {
  deleteProviderInput,
  providerDetail,
  updateLdapInput,
  updateOidcInput,
  updateSamlInput,
} from "@/lib/identity/providers/schema";
import { updateProvider } from "@/lib/identity/providers/update-provider";

const params = z.strictObject({ id: z.string() });
const updateBody = z.discriminatedUnion("authType", [
  updateOidcInput.omit({ providerId: true }),
  updateSamlInput.omit({ providerId: true }),
  updateLdapInput.omit({ providerId: true }),
]);

export const GET = defineRoute({
  summary: "Read a sign-in provider",
  permission: "auth_provider:read",
  params,
  output: providerDetail,
  useCase: (ctx, { params: { id } }) => readAuthProvider(ctx, id),
});

export const PATCH = defineRoute({
  summary: "Change a sign-in provider",
  description:
    "`version` is the one that was read; `config` comes whole, and a secret that is absent stays. Another config signs the provider's people out.",
  permission: "auth_provider:update",
  params,
  body: updateBody,
  output: providerDetail,
  useCase: async (ctx, { params: { id }, body }) => {
    await updateProvider(ctx, { ...body, providerId: id });
    return readAuthProvider(ctx, id);
  },
});

export const DELETE = defineRoute({
  summary: "Remove a sign-in provider",
  description: "Its people stay on record, lose what they held through it, and cannot sign in any more.",
  permission: "auth_provider:delete",
  params,
  query: deleteProviderInput.omit({ providerId: true }),
  useCase: (ctx, { params: { id }, query }) => deleteProvider(ctx, { ...query, providerId: id }),
});
