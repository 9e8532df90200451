import { useFormatter, useTranslations } from "next-intl";

const units = [
  { unit: "gigabyte", bytes: 1024 ** 3 },
  { unit: "megabyte", bytes: 1024 ** 2 },
  { unit: "kilobyte", bytes: 1024 },
] as const;

/** Sizes, rates and times as people read them. */
export function useByteWords() {
  const format = useFormatter();
  const t = useTranslations("uploads");

  function size(bytes: number): string {
    const { unit, bytes: one } = units.find((each) => bytes >= each.bytes) ?? units[2];
    return format.number(bytes / one, { style: "unit", unit, maximumFractionDigits: 1 });
  }

  function timeLeft(seconds: number): string {
    if (seconds < 60) return t("time.seconds", { count: seconds });
    if (seconds < 3_600) return t("time.minutes", { count: Math.ceil(seconds / 60) });
    return t("time.hours", {
      hours: Math.floor(seconds / 3_600),
      minutes: Math.ceil((seconds % 3_600) / 60),
    });
  }

  return { size, timeLeft };
}
