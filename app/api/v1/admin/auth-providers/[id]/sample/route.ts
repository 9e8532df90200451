import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { setFlowCookie } from "@/app/_http/sign-in-answer";
import { readSample } from "@/lib/identity/providers/mapping/queries";
import { sampleView, takenSample, takeSampleInput } from "@/lib/identity/providers/mapping/schema";
import { takeSample } from "@/lib/identity/providers/mapping/take-sample";

const params = z.strictObject({ id: z.string() });

export const GET = defineRoute({
  summary: "Read the sampled people of a provider and their fields",
  permission: "auth_provider:sync",
  params,
  output: sampleView,
  useCase: (ctx, { params: { id } }) => readSample(ctx, { providerId: id }),
});

export const POST = defineRoute({
  summary: "Take a sample of a provider's people",
  description:
    "A directory lists up to ten. Of the others one learns by a try to sign in: follow `redirect_url` in the browser that gets the cookie; nobody is signed in by it.",
  permission: "auth_provider:sync",
  params,
  body: takeSampleInput.omit({ providerId: true }),
  output: takenSample,
  useCase: (ctx, { params: { id }, body }) => takeSample(ctx, { ...body, providerId: id }),
  headers: ({ cookie }): Record<string, string> =>
    cookie === null ? {} : { "Set-Cookie": setFlowCookie(cookie) },
});
