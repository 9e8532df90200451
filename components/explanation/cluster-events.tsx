"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useCallback, useEffect, useState, useTransition } from "react";
import { readClusterEventsAction } from "@/app/actions/explanation";
import type { ActionResult } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";
import type { ClusterEvents as Reported } from "@/lib/vms/explanation/schema";
import { ClusterEventRow } from "./cluster-event-row";

type Answer = ActionResult<Reported>;

/** What the cluster itself reported; asked after the page has come, because a cluster may take its time. */
export function ClusterEvents({ vmId }: { vmId: string }) {
  const t = useTranslations("explanation");
  const { answer, isAsking, ask } = useClusterEvents(vmId);
  return (
    <Card
      title={t("events.title")}
      description={t("events.description")}
      actions={
        <Button size="sm" onClick={ask} pending={isAsking}>
          {t("events.again")}
        </Button>
      }
    >
      {answer === null ? <Asking /> : <Answered answer={answer} />}
    </Card>
  );
}

/** Warnings that nobody knew may explain the machine, so the page is read again with them. */
function useClusterEvents(vmId: string) {
  const router = useRouter();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [isAsking, startAsking] = useTransition();
  const ask = useCallback(() => {
    startAsking(async () => {
      const next = await readClusterEventsAction({ vmId }).catch((): Answer => ({
        ok: false,
        code: "CONNECTION_LOST",
      }));
      startAsking(() => setAnswer(next));
      if (next.ok && next.data.kept > 0) router.refresh();
    });
  }, [router, vmId]);
  useEffect(ask, [ask]);
  return { answer, isAsking, ask };
}

function Asking() {
  const t = useTranslations("explanation");
  return (
    <div role="status" aria-busy className="grid gap-3">
      <span className="sr-only">{t("events.loading")}</span>
      {[1, 2, 3].map((line) => (
        <Skeleton key={line} className="h-3.5" />
      ))}
    </div>
  );
}

function Answered({ answer }: { answer: Answer }) {
  const t = useTranslations("explanation");
  if (!answer.ok) {
    return (
      <Callout tone="danger" role="alert">
        {t("events.failed")}
      </Callout>
    );
  }
  const { events, source } = answer.data;
  return (
    <div className="grid gap-3">
      {source === "kept" && <Callout tone="warning">{t("events.kept")}</Callout>}
      {source === "forbidden" && <Callout tone="neutral">{t("events.forbidden")}</Callout>}
      {events.length === 0 && source !== "forbidden" && (
        <p className="text-sm text-ink-muted">{t("events.empty")}</p>
      )}
      <ol className="grid max-h-96 gap-3 overflow-y-auto">
        {events.map((event) => (
          <ClusterEventRow key={event.uid} event={event} />
        ))}
      </ol>
    </div>
  );
}
