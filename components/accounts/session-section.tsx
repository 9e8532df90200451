import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import type { SessionRow } from "@/lib/identity/schema";
import { EndSession } from "./end-session";
import { SessionTable } from "./session-table";

export function SessionSection({ userId, sessions }: { userId: string; sessions: readonly SessionRow[] }) {
  const t = useTranslations("accounts.sessions");
  return (
    <Section title={t("title")}>
      {sessions.length === 0 ? (
        <p className="text-sm text-ink-faint">{t("none")}</p>
      ) : (
        <SessionTable
          sessions={sessions}
          revoke={(session) => <EndSession sessionId={session.id} userId={userId} />}
        />
      )}
    </Section>
  );
}
