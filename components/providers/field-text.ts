import type { ProviderField } from "@/lib/identity/providers/schema";

export type FieldTexts = Readonly<Record<string, string>>;

/** What each input of the form begins with: what is kept, else what the type proposes. A secret begins empty. */
export function fieldTexts(fields: readonly ProviderField[], config: object | null): FieldTexts {
  return Object.fromEntries(fields.map((field) => [field.name, textOf(field, config)]));
}

function textOf(field: ProviderField, config: object | null): string {
  if (field.kind === "secret") return "";
  const value = config === null ? field.default : valueAt({ config }, field.name);
  if (value === null || value === undefined) return "";
  if (Array.isArray(value)) return value.join(field.kind === "pem_list" ? "\n" : " ");
  return String(value);
}

/** `a.b` is the member b of the member a, as a form names it. */
function valueAt(whole: object, path: string): unknown {
  return path.split(".").reduce<unknown>((value, part) => {
    if (value === null || typeof value !== "object") return undefined;
    return new Map(Object.entries(value)).get(part);
  }, whole);
}

/** The members of a form that a test of the connection takes. */
export function settingsOnly(form: FormData): FormData {
  const settings = new FormData();
  for (const [name, value] of form) {
    const isSetting = /^(config|secrets)\./.test(name) || name === "authType" || name === "providerId";
    if (isSetting) settings.append(name, value);
  }
  return settings;
}
