import { fieldRefused } from "@/lib/core/errors";
import { settingDefinitions, type SettingKey } from "@/lib/vocabulary/settings";

type Value = number | boolean | string | string[];

interface Definition {
  default: number | boolean | string | readonly string[];
  minimum?: number;
  maximum?: number;
  holds?: "hosts";
}

/** A value as the setting's own kind, within its range. @throws VALIDATION_FAILED on value */
export function readSettingValue(key: SettingKey, value: unknown): Value {
  const definition: Definition = settingDefinitions[key];
  if (typeof definition.default === "number") return readNumber(definition, value);
  if (typeof definition.default === "boolean") return readSwitch(value);
  if (typeof definition.default === "string") return readName(value);
  return readEntries(value, definition.holds === "hosts" ? readHost : readName);
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

function readEntries(value: unknown, readEntry: (entry: unknown) => string): string[] {
  if (!Array.isArray(value)) throw fieldRefused("value", "invalid_type", { expected: "array" });
  return [...new Set(value.map(readEntry))];
}

/** A host, or `.example.com` for every host below it. */
function readHost(host: unknown): string {
  if (
    typeof host !== "string" ||
    host.length > 253 ||
    !/^\.?(?:[a-z0-9](?:-*[a-z0-9])*\.)*[a-z0-9](?:-*[a-z0-9])*$/.test(host)
  )
    throw fieldRefused("value", "invalid_name");
  return host;
}

function readName(name: unknown): string {
  if (typeof name !== "string" || name.length > 63 || !/^[a-z0-9](?:-?[a-z0-9])*$/.test(name))
    throw fieldRefused("value", "invalid_name");
  return name;
}

/** What a form sends, by the setting's kind; empty text means back to the default. */
export function readSettingText(key: SettingKey, text: string): Value | null {
  const kind = settingKind(key);
  if (text.trim() === "") return null;
  if (kind === "number") return Number(text);
  if (kind === "boolean") return text === "true" || text === "on";
  if (kind === "text") return text.trim();
  return text.split(/[\s,]+/).filter((name) => name !== "");
}

export function settingKind(key: SettingKey): "number" | "boolean" | "text" | "list" {
  const value: Definition["default"] = settingDefinitions[key].default;
  if (typeof value === "number") return "number";
  if (typeof value === "string") return "text";
  return typeof value === "boolean" ? "boolean" : "list";
}

/** Whether it says how people sign in, which takes a fresh second factor to change. */
export function isAboutSignIn(key: SettingKey): boolean {
  return /^(session|mfa|token|password|login)\./.test(key);
}
