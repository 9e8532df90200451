import type { Tx } from "@/lib/core/transaction";
import { settingDefinitions, type SettingKey } from "@/lib/vocabulary/settings";

type Widened<Value> = Value extends number
  ? number
  : Value extends boolean
    ? boolean
    : Value extends string
      ? string
      : readonly string[];
export type SettingValue<Key extends SettingKey> = Widened<(typeof settingDefinitions)[Key]["default"]>;

/** The value an administrator set, else the default. */
export async function readSetting<Key extends SettingKey>(tx: Tx, key: Key): Promise<SettingValue<Key>> {
  const row = await tx.platformSetting.findUnique({ where: { key }, select: { value: true } });
  const value: unknown = row?.value ?? settingDefinitions[key].default;
  // Rows are written by update-setting alone, which parses by the type of the default.
  return value as SettingValue<Key>;
}
