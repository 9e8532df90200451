import { defineRoute } from "@/app/_http/define-route";
import { listProviders } from "@/lib/identity/queries";
import { providerList } from "@/lib/identity/schema";

export const GET = defineRoute({
  summary: "List the ways to sign in",
  access: "anyone",
  output: providerList,
  useCase: () => ({ items: listProviders() }),
});
