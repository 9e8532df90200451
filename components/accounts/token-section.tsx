import type { ReactNode } from "react";
import { useTranslations } from "next-intl";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Section } from "@/components/ui/section";
import type { TokenRow } from "@/lib/identity/tokens/schema";
import { TokenTable } from "./token-table";

type TokenSectionProps = {
  kind: "user" | "service";
  tokens: readonly TokenRow[];
  owner: { id: string; username: string };
  /** The button for a new one; absent for people's tokens, which only they issue. */
  issue?: ReactNode;
};

export function TokenSection({ kind, tokens, owner, issue }: TokenSectionProps) {
  const t = useTranslations("accounts.tokens");
  return (
    <Section title={t("title")} description={t(kind === "user" ? "userText" : "serviceText")} actions={issue}>
      {tokens.length === 0 && kind === "user" && <p className="text-sm text-ink-faint">{t("userNone")}</p>}
      {tokens.length === 0 && kind === "service" && (
        <Card flush>
          <EmptyState icon="key" title={t("none")} className="py-8">
            {t("serviceNone")}
          </EmptyState>
        </Card>
      )}
      {tokens.length > 0 && <TokenTable tokens={tokens} owner={owner.username} userId={owner.id} />}
    </Section>
  );
}
