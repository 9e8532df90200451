import { defineRoute } from "@/app/_http/define-route";
import { listProviderTypes } from "@/lib/identity/providers/queries";
import { providerTypeList } from "@/lib/identity/providers/schema";

export const GET = defineRoute({
  summary: "List the types of sign-in provider and what each asks for",
  permission: "auth_provider:read",
  output: providerTypeList,
  useCase: (ctx) => listProviderTypes(ctx),
});
