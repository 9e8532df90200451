import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import type { TemplatePreview } from "@/lib/notifications/templates/schema";

/** As a mail program shows it, in a frame that runs nothing, and as plain text. */
export function TemplatePreviewCard({ preview: { subject, text, html } }: { preview: TemplatePreview }) {
  const t = useTranslations("notices.texts");
  const page = `<!doctype html><meta charset="utf-8"><body style="font:15px/1.5 system-ui,sans-serif;margin:1rem">${html}`;
  return (
    <Card title={t("arrives")} description={t("arrivesText")}>
      <div className="grid min-w-0 gap-3">
        <p className="text-sm font-semibold break-words">{subject}</p>
        <iframe
          sandbox=""
          srcDoc={page}
          title={t("arrives")}
          className="h-64 w-full rounded-md border bg-white"
        />
        <details className="text-sm">
          <summary className="cursor-pointer text-ink-muted">{t("plain")}</summary>
          <pre className="mt-2 rounded-md border bg-sunken p-3 font-mono text-xs break-words whitespace-pre-wrap">
            {text}
          </pre>
        </details>
      </div>
    </Card>
  );
}
