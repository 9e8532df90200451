"use client";

import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { issueFeedAction, revokeFeedAction } from "@/app/actions/calendar";
import { ActionForm } from "@/components/ui/action-form";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { ConfirmAction } from "@/components/ui/confirm-action";
import { Copyable } from "@/components/ui/copyable";
import { FormMessage } from "@/components/ui/form-message";
import { SubmitButton } from "@/components/ui/submit-button";
import { TimeAgo } from "@/components/ui/time-ago";

type FeedCardProps = { feed: { createdAt: Date; lastReadAt: Date | null } | null };

/** The address is told once, here, and kept nowhere. */
export function FeedCard({ feed }: FeedCardProps) {
  const t = useTranslations("calendar.feed");
  const locale = useLocale();
  const [path, setPath] = useState<string | null>(null);
  const isOpen = feed !== null || path !== null;
  return (
    <Card title={t("title")}>
      <div className="grid gap-3 text-sm">
        <p className="text-ink-muted">{t("text")}</p>
        {path === null && feed !== null && <FeedFacts {...feed} />}
        {path !== null && (
          <div role="status" className="grid gap-1">
            <Copyable text={`${window.location.origin}${path}?lang=${locale}`} />
            <p className="text-xs text-ink-muted">{t("once")}</p>
          </div>
        )}
        <div className="flex flex-wrap gap-2">
          <ActionForm
            action={issueFeedAction}
            onSuccess={(issued) => setPath(issued.path)}
            className="grid gap-2"
          >
            <SubmitButton variant={isOpen ? "secondary" : "primary"}>
              {t(isOpen ? "again" : "open")}
            </SubmitButton>
            <FormMessage />
          </ActionForm>
          {isOpen && (
            <ConfirmAction
              title={t("close")}
              description={t("againText")}
              confirmLabel={t("close")}
              successMessage={t("closed")}
              action={async (form) => {
                const result = await revokeFeedAction(form);
                if (result.ok) setPath(null);
                return result;
              }}
              trigger={<Button variant="ghost">{t("close")}</Button>}
            />
          )}
        </div>
        {isOpen && path === null && <p className="text-xs text-ink-faint">{t("againText")}</p>}
      </div>
    </Card>
  );
}

function FeedFacts({ createdAt, lastReadAt }: { createdAt: Date; lastReadAt: Date | null }) {
  const t = useTranslations("calendar.feed");
  return (
    <p className="text-xs text-ink-muted">
      {t.rich("since", { time: () => <TimeAgo at={createdAt} /> })}{" "}
      {lastReadAt === null ? t("never") : t.rich("read", { time: () => <TimeAgo at={lastReadAt} /> })}
    </p>
  );
}
