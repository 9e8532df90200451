import { describe, expect, test } from "vitest";
import { aHolder, recordsOf } from "@/e2e/factories/account";
import { anAdministrator } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { db } from "@/lib/core/db";
import { permissions } from "@/lib/vocabulary/permissions";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import { listRevisions, listSettings } from "./queries";
import { readSetting } from "./read-setting";
import { updateSettingForm, type UpdateSetting } from "./schema";
import { updateSetting } from "./update-setting";

const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);
const change = async (input: UpdateSetting) => outcome(updateSetting(await anAdministrator(), input));

describe("changing a setting", () => {
  test("takes effect at once, is kept with its author, and is recorded with before and after", async () => {
    const ctx = await anAdministrator();

    await updateSetting(ctx, { key: "vm.operation_timeout_minutes", value: 20 });
    await updateSetting(ctx, { key: "vm.operation_timeout_minutes", value: 25, version: 1 });

    expect(await readSetting(db(), "vm.operation_timeout_minutes")).toBe(25);
    const { items } = await listRevisions(ctx, { key: "vm.operation_timeout_minutes", perPage: 10 });
    expect(items).toMatchObject([
      { version: 2, before: 20, after: 25, actorName: ctx.actor.displayName },
      { version: 1, before: null, after: 20 },
    ]);
    expect((await recordsOf(ctx)).map(({ action, details }) => [action, details])).toEqual([
      ["config.update", { before: null, after: 20, version: 1 }],
      ["config.update", { before: 20, after: 25, version: 2 }],
    ]);
  });

  test("back to the default goes on counting its versions", async () => {
    const key = "vm.provisioning_timeout_minutes";
    await change({ key, value: 30 });
    await change({ key, value: null });

    expect(await readSetting(db(), key)).toBe(settingDefinitions[key].default);
    const row = (await listSettings(await anAdministrator())).find((setting) => setting.key === key);
    expect(row).toMatchObject({ source: "default", value: 60, version: 2 });
    expect(await change({ key, value: 40, version: 2 })).toBe("done");
  });

  test("what somebody else changed meanwhile is not overwritten unseen", async () => {
    const key = "login.failures_per_account";
    const seen = (await listSettings(await anAdministrator())).find((row) => row.key === key)?.version ?? -1;

    const answers = await Promise.all([11, 12, 13, 14].map((value) => change({ key, value, version: seen })));

    expect(answers.toSorted()).toEqual(["CONFLICT", "CONFLICT", "CONFLICT", "done"]);
  });

  test.for([
    ["session.idle_minutes", "30", "value:invalid_type"],
    ["session.idle_minutes", true, "value:invalid_type"],
    ["session.idle_minutes", 10.5, "value:not_multiple_of"],
    ["session.idle_minutes", 1, "value:too_small"],
    ["session.idle_minutes", 100_000, "value:too_large"],
    ["session.idle_minutes", Number.NaN, "value:invalid_type"],
    ["password.length_min", 14, "value:too_small"],
    ["password.length_min_with_mfa", 7, "value:too_small"],
    ["mfa.required", 1, "value:invalid_type"],
    ["naming.reserved", 1, "value:invalid_type"],
    ["naming.reserved", ["Admin Room"], "value:invalid_name"],
  ] as const)("%s is not %s", async ([key, value, refused]) => {
    // What a client may send is not what the type allows.
    const input = { key, value } as unknown as UpdateSetting;
    expect(await change(input)).toBe(`VALIDATION_FAILED ${refused}`);
    expect(await db().platformSetting.count({ where: { key } })).toBe(0);
  });

  test("is for whoever administers the platform; how people sign in takes a fresh second factor", async () => {
    const almost = await aHolder(...permissions.filter((permission) => permission !== "platform:admin"));
    const administrator = await anAdministrator();
    const stale = { ...administrator, actor: { ...administrator.actor, mfaAt: null } };

    expect(await outcome(updateSetting(almost, { key: "mfa.required", value: false }))).toBe(
      "PERMISSION_DENIED",
    );
    expect(await outcome(listSettings(almost))).toBe("PERMISSION_DENIED");
    expect(await outcome(listRevisions(almost, { perPage: 5 }))).toBe("PERMISSION_DENIED");
    expect(await outcome(updateSetting(stale, { key: "mfa.step_up_minutes", value: 60 }))).toBe(
      "MFA_REQUIRED",
    );
    expect(await outcome(updateSetting(stale, { key: "naming.reserved", value: ["root"] }))).toBe("done");
  });
});

test("every setting is listed with its kind, and every default lies in its own range", async () => {
  const rows = await listSettings(await anAdministrator());

  expect(rows.map(({ key }) => key).sort()).toEqual(Object.keys(settingDefinitions).sort());
  for (const row of rows.filter(({ type }) => type === "number")) {
    expect(row.default).toBeGreaterThanOrEqual(row.minimum ?? Number.NaN);
    expect(row.default).toBeLessThanOrEqual(row.maximum ?? Number.NaN);
  }
});

test("a form's text becomes the setting's own kind", () => {
  const read = (key: string, value: string) => updateSettingForm.parse({ key, value, version: 0 }).value;

  expect(read("session.idle_minutes", "45")).toBe(45);
  expect(read("mfa.required", "true")).toBe(true);
  expect(read("mfa.required", "false")).toBe(false);
  expect(read("naming.reserved", "root, admin\ninternal")).toEqual(["root", "admin", "internal"]);
  expect(read("session.idle_minutes", "")).toBeNull();
});
