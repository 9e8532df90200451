import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { IssueToken } from "@/components/accounts/issue-token";
import { TokenTable } from "@/components/accounts/token-table";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnTokens, readTokenChoices } from "@/lib/identity/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts.tokens");
  return { title: t("title") };
}

export default async function OwnTokensPage() {
  const ctx = await requireContext();
  const [t, tokens, choices] = await Promise.all([
    getTranslations("accounts.tokens"),
    listOwnTokens(ctx),
    readTokenChoices(ctx),
  ]);
  return (
    <>
      <PageHeader title={t("title")} description={t("ownText")} actions={<IssueToken choices={choices} />} />
      {tokens.length === 0 ? (
        <Card flush>
          <EmptyState icon="key" title={t("none")}>
            {t("ownNone")}
          </EmptyState>
        </Card>
      ) : (
        <TokenTable tokens={tokens} owner={ctx.actor.username} />
      )}
    </>
  );
}
