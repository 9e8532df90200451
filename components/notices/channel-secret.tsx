"use client";

import { useTranslations } from "next-intl";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { LinkButton } from "@/components/ui/link-button";

/** What is told once, or, where a channel has no key, that it is made. */
export function ChannelSecret({ channelId, secret }: { channelId: string; secret: string | null }) {
  const t = useTranslations("notices.channel");
  return (
    <div className="grid min-w-0 gap-4">
      <Callout tone={secret === null ? "success" : "warning"} role="status" title={t("made")}>
        {secret === null ? t("madeText") : t("secretText")}
      </Callout>
      {secret !== null && (
        <CodeBlock
          title={t("secret")}
          code={secret}
          maxHeight="none"
          className="[&_pre]:break-all [&_pre]:whitespace-pre-wrap"
        />
      )}
      <div>
        <LinkButton href={`/admin/notices/channels/${channelId}`} variant="primary">
          {t("toChannel")}
        </LinkButton>
      </div>
    </div>
  );
}
