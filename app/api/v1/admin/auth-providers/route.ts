import { defineRoute } from "@/app/_http/define-route";
import { configureProvider } from "@/lib/identity/providers/configure-provider";
import { listAuthProviders, readAuthProvider } from "@/lib/identity/providers/queries";
import {
  configureProviderInput,
  providerDetail,
  providerFilter,
  providerPage,
} from "@/lib/identity/providers/schema";

export const GET = defineRoute({
  summary: "List sign-in providers",
  permission: "auth_provider:read",
  query: providerFilter,
  output: providerPage,
  useCase: (ctx, { query }) => listAuthProviders(ctx, query),
});

export const POST = defineRoute({
  summary: "Set up a sign-in provider",
  description: "Secrets are sealed and never answered. A second factor proved lately is needed.",
  permission: "auth_provider:configure",
  body: configureProviderInput,
  output: providerDetail,
  status: 201,
  useCase: async (ctx, { body }) => readAuthProvider(ctx, (await configureProvider(ctx, body)).id),
  headers: (provider) => ({ Location: `/api/v1/admin/auth-providers/${provider.id}` }),
});
