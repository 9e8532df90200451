import { fieldRefused } from "@/lib/core/errors";
import { settingDefinitions, type SettingKey } from "@/lib/vocabulary/settings";

type Value = number | boolean | string[];

interface Definition {
  default: number | boolean | readonly string[];
  minimum?: number;
  maximum?: number;
}

/** A value as the setting's own kind, within its range. @throws VALIDATION_FAILED on value */
export function readSettingValue(key: SettingKey, value: unknown): Value {
  const definition: Definition = settingDefinitions[key];
  if (typeof definition.default === "number") return readNumber(definition, value);
  if (typeof definition.default === "boolean") return readSwitch(value);
  return readNames(value);
}

function readNumber({ minimum, maximum }: Definition, value: unknown): number {
  if (typeof value !== "number" || Number.isNaN(value))
    throw fieldRefused("value", "invalid_type", { expected: "number" });
  if (!Number.isInteger(value)) throw fieldRefused("value", "not_multiple_of", { step: 1 });
  if (minimum !== undefined && value < minimum) throw fieldRefused("value", "too_small", { minimum });
  if (maximum !== undefined && value > maximum) throw fieldRefused("value", "too_large", { maximum });
  return value;
}

function readSwitch(value: unknown): boolean {
  if (typeof value !== "boolean") throw fieldRefused("value", "invalid_type", { expected: "boolean" });
  return value;
}

function readNames(value: unknown): string[] {
  if (!Array.isArray(value)) throw fieldRefused("value", "invalid_type", { expected: "array" });
  const names = value.map((name: unknown) => {
    if (typeof name !== "string" || !/^[a-z0-9](?:-?[a-z0-9])*$/.test(name))
      throw fieldRefused("value", "invalid_name");
    return name;
  });
  return [...new Set(names)];
}

/** What a form sends, by the setting's kind; empty text means back to the default. */
export function readSettingText(key: SettingKey, text: string): Value | null {
  const kind = settingKind(key);
  if (text.trim() === "") return null;
  if (kind === "number") return Number(text);
  if (kind === "boolean") return text === "true" || text === "on";
  return text.split(/[\s,]+/).filter((name) => name !== "");
}

export function settingKind(key: SettingKey): "number" | "boolean" | "list" {
  const value: Definition["default"] = settingDefinitions[key].default;
  if (typeof value === "number") return "number";
  return typeof value === "boolean" ? "boolean" : "list";
}

/** Whether it says how people sign in, which takes a fresh second factor to change. */
export function isAboutSignIn(key: SettingKey): boolean {
  return /^(session|mfa|token|password|login)\./.test(key);
}
