import { z } from "zod";
import { defineRoute } from "@/app/_http/define-route";
import { readPreference } from "@/lib/identity/queries";
import { preferenceKey, preferenceOutput, preferenceValue } from "@/lib/identity/schema";
import { setPreference } from "@/lib/identity/set-preference";

const path = z.strictObject({ key: preferenceKey });

export const GET = defineRoute({
  summary: "Read a preference",
  params: path,
  output: preferenceOutput,
  useCase: (ctx, { params }) => readPreference(ctx, params.key),
});

export const PUT = defineRoute({
  summary: "Set a preference",
  params: path,
  body: z.strictObject({ value: preferenceValue }),
  output: preferenceOutput,
  useCase: (ctx, { params, body }) => setPreference(ctx, { key: params.key, value: body.value }),
});
