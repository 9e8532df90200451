import type { Context } from "@/lib/core/context";
import { preferenceValue } from "@/lib/identity/schema";
import { setPreference } from "@/lib/identity/set-preference";
import { readListChoices } from "./queries";
import { preferenceKey, type ListChoices } from "./schema";

/** Remembers what is said and keeps the rest. */
export async function setListChoices(ctx: Context, changed: ListChoices): Promise<ListChoices> {
  const { choices } = await readListChoices(ctx);
  const kept = { ...choices, ...changed };
  // What is absent is left out of the text, and so of the value.
  await setPreference(ctx, {
    key: preferenceKey,
    value: preferenceValue.parse(JSON.parse(JSON.stringify(kept))),
  });
  return kept;
}
