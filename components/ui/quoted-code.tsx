import { useTranslations } from "next-intl";
import { cn } from "./class-names";
import { CopyButton } from "./copy-button";

type QuotedCodeProps = {
  code?: string | undefined;
  requestId?: string | undefined;
  className?: string | undefined;
};

/** What a person reads out to an administrator. */
export function QuotedCode({ code, requestId, className }: QuotedCodeProps) {
  const t = useTranslations("ui");
  const quote = [code, requestId].filter(Boolean).join(" · ");
  if (!quote) return null;
  return (
    <p className={cn("flex flex-wrap items-center gap-x-1.5 text-xs text-ink-muted", className)}>
      <span>{t("error.quote")}</span>
      <code className="font-mono break-all text-ink">{quote}</code>
      <CopyButton text={quote} label={t("copy.code")} />
    </p>
  );
}
