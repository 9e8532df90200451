"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ConsoleAccess, OpenSession } from "@/lib/console/schema";
import { AskForControl } from "./ask-for-control";
import { TakeOver } from "./take-over";
import type { AskedMode } from "./use-console-connection";

interface OccupiedPanelProps {
  access: ConsoleAccess;
  holder: OpenSession;
  onConnect: (mode: AskedMode) => void;
}

/** Somebody else has the keys: look on, ask for them, or take them. */
export function OccupiedPanel({ access, holder, onConnect }: OccupiedPanelProps) {
  const t = useTranslations("console.occupied");
  const name = holder.displayName;
  const actions = (
    <>
      <Button variant="primary" onClick={() => onConnect("watch")}>
        {t("watch")}
      </Button>
      <AskForControl access={access} holder={holder} />
      <TakeOver name={name} onTakeOver={() => onConnect("take_over")} />
    </>
  );
  return (
    <Card>
      <EmptyState icon="user" title={t("title", { name })} action={actions}>
        <p className="text-ink-faint">{t.rich("since", { time: () => <TimeAgo at={holder.since} /> })}</p>
        <p className="mt-1">{t("text", { name })}</p>
      </EmptyState>
    </Card>
  );
}
