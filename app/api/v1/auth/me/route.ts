import { defineRoute } from "@/app/_http/define-route";
import { readOwnProfile } from "@/lib/identity/queries";
import { ownProfile } from "@/lib/identity/schema";

export const GET = defineRoute({
  summary: "Read who is signed in",
  access: "signing-in",
  output: ownProfile,
  useCase: (ctx) => readOwnProfile(ctx),
});
