import { useTranslations } from "next-intl";

/** A cluster's own sentence, quoted as it came: it is input, and never more than text. */
export function ClusterWords({ words }: { words: string }) {
  const t = useTranslations("requests");
  return (
    <figure className="mt-1.5 grid gap-0.5">
      <figcaption className="text-2xs font-medium text-ink-faint">{t("words.cluster")}</figcaption>
      <blockquote className="max-h-40 overflow-y-auto border-l-2 pl-2.5 font-mono text-xs break-words whitespace-pre-wrap text-ink-muted">
        {words}
      </blockquote>
    </figure>
  );
}
