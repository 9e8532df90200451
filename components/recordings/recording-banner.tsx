import { useTranslations } from "next-intl";

/** Stands beside the console for as long as it is recorded. */
export function RecordingBanner() {
  const t = useTranslations("recordings.told");
  return (
    <p
      role="status"
      className="inline-flex items-center gap-2 rounded-md border border-danger-line bg-danger-soft px-2 py-1 text-xs font-medium text-danger"
    >
      <span aria-hidden className="size-2 rounded-full bg-danger-solid motion-safe:animate-pulse" />
      {t("now")}
    </p>
  );
}
