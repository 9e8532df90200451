import { expect, test } from "vitest";
import { refused } from "@/e2e/factories/account";
import { aPerson } from "@/e2e/factories/person";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { readConsolePreferences } from "./queries";
import { combinationsMax } from "./rules";
import { setConsolePreferencesInput } from "./schema";
import { setConsolePreferences } from "./set-console-preferences";

const saveDocument = {
  name: "Save",
  keys: [
    { keysym: 0xffe3, code: "ControlLeft" },
    { keysym: 0x73, code: "KeyS" },
  ],
};

test("who never chose has the console as it comes", async () => {
  const ctx = await aPerson(null);
  expect(await readConsolePreferences(ctx)).toEqual({
    combinations: [],
    view: { scaling: "fit", quality: 6, compression: 2, typing: "as_pressed", paceMs: 20, fontSize: 13 },
  });
});

test("what is chosen is kept, and what is not named stays", async () => {
  const ctx = await aPerson(null);
  await setConsolePreferences(ctx, { view: { quality: 9, typing: "de" } });
  await setConsolePreferences(ctx, { combinations: [saveDocument] });
  await setConsolePreferences(ctx, { view: { quality: undefined, paceMs: 0 } });
  const kept = await readConsolePreferences(ctx);
  expect(kept.combinations).toEqual([saveDocument]);
  expect(kept.view).toMatchObject({ quality: 9, typing: "de", paceMs: 0, scaling: "fit" });
});

test("each person has their own", async () => {
  const [one, other] = [await aPerson(null), await aPerson(null)];
  await setConsolePreferences(one, { combinations: [saveDocument] });
  expect((await readConsolePreferences(other)).combinations).toEqual([]);
});

test("whoever looks at the portal as somebody else changes nothing of theirs", async () => {
  const ctx = await aPerson(null);
  const viewer: Context & { actor: Person } = {
    ...ctx,
    actor: { ...ctx.actor, viewedBy: { id: "admin", username: "admin", displayName: "Admin" } },
  };
  const { code } = await refused(setConsolePreferences(viewer, { view: { quality: 0 } }));
  expect(code).toBe("VIEW_ONLY");
  expect(await db().userPreference.count({ where: { userId: ctx.actor.id } })).toBe(0);
});

test("what does not fit, written past the form, counts as not chosen", async () => {
  const ctx = await aPerson(null);
  const rows = [
    { key: "console.combinations", value: [{ name: "", keys: [] }] },
    { key: "console.view", value: { quality: 44, compression: 7, typing: ["de"] } },
  ];
  await db().userPreference.createMany({ data: rows.map((row) => ({ userId: ctx.actor.id, ...row })) });
  const read = await readConsolePreferences(ctx);
  expect(read.combinations).toEqual([]);
  expect(read.view).toMatchObject({ quality: 6, compression: 7, typing: "as_pressed" });
});

test.each([
  [
    "a twenty-first combination",
    {
      combinations: Array.from({ length: combinationsMax + 1 }, (_, at) => ({
        ...saveDocument,
        name: `n${at}`,
      })),
    },
  ],
  ["two combinations of one name", { combinations: [saveDocument, saveDocument] }],
  ["a combination without keys", { combinations: [{ name: "Nothing", keys: [] }] }],
  [
    "seven keys at once",
    { combinations: [{ name: "Many", keys: Array.from({ length: 7 }, () => saveDocument.keys[0]) }] },
  ],
  ["a key whose place is no word", { combinations: [{ name: "Odd", keys: [{ keysym: 1, code: "<b>" }] }] }],
  ["a pace beyond a tenth of a second", { view: { paceMs: 101 } }],
  ["a quality of ten", { view: { quality: 10 } }],
  ["a layout nobody knows", { view: { typing: "dvorak" } }],
  ["a member nobody knows", { view: { colour: "red" } }],
])("%s is refused", (_name, input) => {
  expect(setConsolePreferencesInput.safeParse(input).success).toBe(false);
});
