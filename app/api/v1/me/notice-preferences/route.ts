import { defineRoute } from "@/app/_http/define-route";
import { readPreferences } from "@/lib/notifications/preferences/queries";
import { noticePreferences, setPreferencesInput } from "@/lib/notifications/preferences/schema";
import { setPreferences } from "@/lib/notifications/preferences/set-preferences";

export const GET = defineRoute({
  summary: "Read how one wants to be told",
  output: noticePreferences,
  useCase: (ctx) => readPreferences(ctx),
});

export const PUT = defineRoute({
  summary: "Set how one wants to be told",
  description:
    "`mail` says now, digest or off by kind; kinds left out keep what they have. The inbox has everything.",
  body: setPreferencesInput,
  output: noticePreferences,
  useCase: (ctx, { body }) => setPreferences(ctx, body),
});
