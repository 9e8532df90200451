export const locales = ["en", "zh-CN"] as const;

export type Locale = (typeof locales)[number];

/** What the person chose wins; otherwise the first language of the browser that Shepherd speaks. */
export function chooseLocale(chosen: string | undefined, acceptLanguage: string | null): Locale {
  const wanted = [chosen ?? "", ...preferredLanguages(acceptLanguage ?? "")];
  for (const language of wanted) {
    const match = matchLocale(language);
    if (match) return match;
  }
  return "en";
}

function matchLocale(language: string): Locale | undefined {
  const lower = language.toLowerCase();
  if (lower === "zh" || lower.startsWith("zh-")) return "zh-CN";
  if (lower === "en" || lower.startsWith("en-")) return "en";
  return undefined;
}

function preferredLanguages(header: string): string[] {
  return header
    .split(",", 20)
    .map((entry) => {
      const [language = "", ...parameters] = entry.trim().split(";");
      const quality = parameters
        .find((parameter) => parameter.trim().startsWith("q="))
        ?.trim()
        .slice(2);
      return { language: language.trim(), quality: quality === undefined ? 1 : Number(quality) || 0 };
    })
    .filter((entry) => entry.quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map((entry) => entry.language);
}
