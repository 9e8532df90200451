import { useTranslations } from "next-intl";
import type { SettingRow } from "@/lib/settings/schema";
import type { SettingKey } from "@/lib/vocabulary/settings";

type Value = SettingRow["value"];

/** What each number counts. */
const units: Partial<Record<SettingKey, string>> = {
  "session.lifetime_hours": "hours",
  "session.idle_minutes": "minutes",
  "session.concurrent_max": "sessions",
  "mfa.step_up_minutes": "minutes",
  "token.lifetime_days_max": "days",
  "password.link_hours": "hours",
  "password.length_min_with_mfa": "characters",
  "password.length_min": "characters",
  "login.failures_per_account": "attempts",
  "login.failures_per_address": "attempts",
  "vm.provisioning_timeout_minutes": "minutes",
  "vm.operation_timeout_minutes": "minutes",
  "catalog.upload_size_max_gb": "gigabytes",
  "batch.cooldown_seconds": "seconds",
};

export function useSettingWords() {
  const t = useTranslations("settings");

  /** A setting that has no words yet is shown by its key. */
  function word(key: string, part: "label" | "description", otherwise: string): string {
    const name = `item.${key.replaceAll(".", "_")}.${part}`;
    return t.has(name) ? t(name) : otherwise;
  }

  function unitOf(key: SettingKey): string {
    const unit = units[key];
    return unit === undefined ? "" : t(`unit.${unit}`);
  }

  function valueText(value: Value): string {
    if (typeof value === "boolean") return t(value ? "page.on" : "page.off");
    if (typeof value === "number") return String(value);
    if (typeof value === "string") return value;
    return value.length === 0 ? t("page.nothing") : value.join(", ");
  }

  return {
    labelOf: (key: string) => word(key, "label", key),
    descriptionOf: (key: string, otherwise: string) => word(key, "description", otherwise),
    unitOf,
    valueText,
  };
}

/** Settings by the first word of their keys, in the order in which they are defined. */
export function groupSettings(settings: readonly SettingRow[]): [group: string, members: SettingRow[]][] {
  const groups = new Map<string, SettingRow[]>();
  for (const setting of settings) {
    const group = setting.key.slice(0, setting.key.indexOf("."));
    groups.set(group, [...(groups.get(group) ?? []), setting]);
  }
  return [...groups];
}
