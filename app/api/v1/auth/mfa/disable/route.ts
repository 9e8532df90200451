import { defineRoute } from "@/app/_http/define-route";
import { removeFactor } from "@/lib/identity/factors/remove-factor";
import { removeFactorInput } from "@/lib/identity/factors/schema";

export const POST = defineRoute({
  summary: "Remove one of one's own second factors",
  description:
    "Asks for a fresh second factor. The last one stays while somebody asks that the person has one.",
  body: removeFactorInput,
  useCase: (ctx, { body }) => removeFactor(ctx, body),
});
