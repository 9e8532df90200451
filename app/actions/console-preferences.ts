"use server";

import { defineAction } from "@/app/_http/define-action";
import { setConsolePreferencesInput } from "@/lib/console/preferences/schema";
import { setConsolePreferences } from "@/lib/console/preferences/set-console-preferences";

export const setConsolePreferencesAction = defineAction(setConsolePreferencesInput, setConsolePreferences, {
  refreshes: false,
});
