"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { ExactTime } from "@/components/ui/exact-time";
import type { PasswordLink } from "@/lib/identity/schema";

/** Shown once, to be handed to the person it is for. */
export function OneTimeLink({ link, name }: { link: PasswordLink; name: string }) {
  const t = useTranslations("accounts.link");
  return (
    <div className="grid min-w-0 gap-3">
      <Callout tone="warning" role="status">
        {t("text", { name })}
      </Callout>
      <CodeBlock
        title={t("url")}
        code={link.url}
        maxHeight="none"
        className="[&_pre]:whitespace-pre-wrap [&_pre]:break-all"
      />
      <p className="text-xs text-ink-muted">
        {t.rich("until", { time: () => <ExactTime at={link.expiresAt} style="short" /> })}
      </p>
    </div>
  );
}
