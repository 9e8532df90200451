import { z } from "zod";
import {
  combinationKeysMax,
  combinationsMax,
  fontSizes,
  paceMsMax,
  scalingModes,
  typingModes,
} from "./rules";

/** An X keysym and the key's place on the keyboard, which a guest may ask for instead. */
const key = z.strictObject({
  keysym: z.number().int().min(1).max(0x1fffffff),
  code: z.string().regex(/^[A-Za-z0-9]{0,24}$/, "invalid_format"),
});

/** Keys pressed together, under a name of their own. */
const combination = z.strictObject({
  name: z.string().trim().min(1).max(40),
  keys: z.array(key).min(1).max(combinationKeysMax),
});
export type KeyCombination = z.output<typeof combination>;

const combinations = z
  .array(combination)
  .max(combinationsMax)
  .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, "already_taken");

const level = z.number().int().min(0).max(9);
const view = z.strictObject({
  scaling: z.enum(scalingModes),
  quality: level,
  compression: level,
  /** How the person's own keys are passed on. */
  typing: z.enum(typingModes),
  /** Between two keys of a text that is typed by itself. */
  paceMs: z.number().int().min(0).max(paceMsMax),
  fontSize: z.number().int().min(fontSizes.min).max(fontSizes.max),
});
export type ConsoleViewChoice = z.output<typeof view>;

export const setConsolePreferencesInput = z.strictObject({
  combinations: combinations.optional(),
  view: view.partial().optional(),
});
export type SetConsolePreferences = z.output<typeof setConsolePreferencesInput>;

const defaults: ConsoleViewChoice = {
  scaling: "fit",
  quality: 6,
  compression: 2,
  typing: "as_pressed",
  paceMs: 20,
  fontSize: 13,
};

// Anybody may write their own preferences through the API, so what does not fit counts as not chosen.
const storedView = z.object({
  scaling: view.shape.scaling.catch(defaults.scaling),
  quality: view.shape.quality.catch(defaults.quality),
  compression: view.shape.compression.catch(defaults.compression),
  typing: view.shape.typing.catch(defaults.typing),
  paceMs: view.shape.paceMs.catch(defaults.paceMs),
  fontSize: view.shape.fontSize.catch(defaults.fontSize),
});

export const consolePreferences = z.object({
  combinations: combinations.catch([]),
  view: storedView.catch(defaults),
});
export type ConsolePreferences = z.output<typeof consolePreferences>;
