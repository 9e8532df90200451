import { defineRoute } from "@/app/_http/define-route";
import { listSignInWays } from "@/lib/identity/providers/queries";
import { signInWayList } from "@/lib/identity/providers/sign-in/schema";

export const GET = defineRoute({
  summary: "List the ways to sign in",
  access: "anyone",
  output: signInWayList,
  useCase: async () => ({ items: await listSignInWays() }),
});
