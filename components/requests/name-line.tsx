"use client";

import { useTranslations } from "next-intl";
import type { NamespaceOffer, ServiceOffer } from "./settle-choice";
import { VerdictLine } from "./verdict-line";

type NameLineProps = { namespace: NamespaceOffer; service: ServiceOffer; name: string | undefined };

/** Names are made, not chosen (spec §8); the number is given at approval. */
export function NameLine({ namespace, service, name }: NameLineProps) {
  const t = useTranslations("requests");
  const pattern = `${namespace.name}-${service.systemName}-${service.name}-NN`;
  return (
    <VerdictLine mark="open" title={<span className="font-mono text-xs">{name ?? pattern}</span>}>
      {t(name === undefined ? "verdict.namePattern" : "verdict.nameNow")}
    </VerdictLine>
  );
}
