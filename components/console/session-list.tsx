"use client";

import { useTranslations } from "next-intl";
import { revokeConsoleAction } from "@/app/actions/console";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ConsoleAccess, OpenSession } from "@/lib/console/schema";

/** Who else is connected; an administrator may end it. */
export function SessionList({ access }: { access: ConsoleAccess }) {
  const t = useTranslations("console.sessions");
  const others = access.sessions.filter(({ isOwn }) => !isOwn);
  if (others.length === 0) return null;
  return (
    <Card title={t("title")} flush>
      <ul className="divide-y">
        {others.map((session) => (
          <li
            key={session.jti}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2 text-sm"
          >
            <span className="min-w-0">
              <span className="font-medium">{session.displayName}</span>{" "}
              <span className="text-ink-muted">
                {t(`kind.${session.consoleType}`)} · {t(`mode.${session.mode}`)} ·{" "}
                {t.rich("since", { time: () => <TimeAgo at={session.since} /> })}
              </span>
            </span>
            {access.canRevoke && <EndSession vmId={access.vmId} session={session} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function EndSession({ vmId, session }: { vmId: string; session: OpenSession }) {
  const t = useTranslations("console.sessions");
  const name = session.displayName;
  return (
    <ConfirmAction
      trigger={
        <Button size="sm" variant="danger-quiet">
          {t("end")}
        </Button>
      }
      title={t("endTitle", { name })}
      description={t("endText")}
      confirmLabel={t("end")}
      action={revokeConsoleAction}
      hidden={{ vmId, jti: session.jti }}
      tone="danger"
      successMessage={t("ended", { name })}
    />
  );
}
