import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { requireContext } from "@/app/_http/current-context";
import { EndOtherSessions, EndSession } from "@/components/accounts/end-session";
import { SessionTable } from "@/components/accounts/session-table";
import { PageHeader } from "@/components/ui/page-header";
import { listOwnSessions } from "@/lib/identity/queries";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("accounts.sessions");
  return { title: t("ownTitle") };
}

export default async function OwnSessionsPage() {
  const ctx = await requireContext();
  const [t, sessions] = await Promise.all([getTranslations("accounts.sessions"), listOwnSessions(ctx)]);
  return (
    <>
      <PageHeader
        title={t("ownTitle")}
        description={t("ownText")}
        actions={sessions.length > 1 && <EndOtherSessions />}
      />
      <SessionTable sessions={sessions} revoke={(session) => <EndSession sessionId={session.id} />} />
    </>
  );
}
