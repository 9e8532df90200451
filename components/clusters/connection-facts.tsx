"use client";

import { useTranslations } from "next-intl";
import { Copyable } from "@/components/ui/copyable";
import { Description, DescriptionList } from "@/components/ui/description-list";
import { ExactTime } from "@/components/ui/exact-time";
import type { ConnectionPreview } from "@/lib/clusters/schema";

/** What a kubeconfig leads to, without its secrets. */
export function ConnectionFacts({ connection }: { connection: ConnectionPreview }) {
  const t = useTranslations("clusters");
  return (
    <DescriptionList>
      <Description term={t("connection.server")}>
        <Copyable text={connection.server} />
      </Description>
      <Description term={t("connection.credential")}>
        {t(`connection.kind.${connection.authKind}`)}
      </Description>
      <Description term={t("connection.expires")}>
        {connection.expiresAt ? <ExactTime at={connection.expiresAt} /> : t("connection.noExpiry")}
      </Description>
      <Description term={t("connection.authority")}>
        <span className="grid min-w-0">
          <span className="break-words">{connection.caSubject}</span>
          <span className="text-xs text-ink-faint">
            {t.rich("connection.authorityExpires", { time: () => <ExactTime at={connection.caExpiresAt} /> })}
          </span>
        </span>
      </Description>
      <Description term={t("connection.fingerprint")}>
        <span className="font-mono text-xs break-all text-ink-muted">{connection.caFingerprint}</span>
      </Description>
    </DescriptionList>
  );
}
