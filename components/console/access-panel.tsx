"use client";

import { useTranslations } from "next-intl";
import { RecordingNotice } from "@/components/recordings/recording-notice";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess } from "@/lib/console/schema";
import { AccessRequest } from "./access-request";
import { controllerOf, type Standing } from "./console-standing";
import { ObserveCard } from "./observe-card";
import { OccupiedPanel } from "./occupied-panel";
import type { AskedMode } from "./use-console-connection";

interface AccessPanelProps {
  access: ConsoleAccess;
  consoleType: ConsoleType;
  standing: Exclude<Standing, "ready">;
  onConnect: (mode: AskedMode) => void;
}

export function AccessPanel(props: AccessPanelProps) {
  const { access, consoleType, standing } = props;
  const isTold = access.recording[consoleType] && standing !== "not-running";
  return (
    <div className="grid content-start gap-4">
      {isTold && <RecordingNotice retentionDays={access.recording.retentionDays} />}
      <WhatStands {...props} />
    </div>
  );
}

function WhatStands({ access, consoleType, standing, onConnect }: AccessPanelProps) {
  switch (standing) {
    case "not-running":
      return <NotRunning access={access} />;
    case "recorded":
      return <Recorded access={access} onConnect={() => onConnect("control")} />;
    case "ask":
    case "waiting":
      return (
        <>
          <ObserveCard access={access} consoleType={consoleType} onWatch={() => onConnect("watch")} />
          {standing === "ask" ? (
            <AccessRequest access={access} consoleType={consoleType} />
          ) : (
            <Waiting access={access} />
          )}
        </>
      );
    case "occupied": {
      const holder = controllerOf(access, consoleType);
      return holder && <OccupiedPanel access={access} holder={holder} onConnect={onConnect} />;
    }
  }
}

function NotRunning({ access }: { access: ConsoleAccess }) {
  const t = useTranslations("console.notRunning");
  const vms = useTranslations("vms.status");
  const state = vms.has(access.vmStatus) ? vms(access.vmStatus) : access.vmStatus;
  const action = <LinkButton href={`/vms/${access.vmId}`}>{t("action")}</LinkButton>;
  return (
    <Card>
      <EmptyState icon="monitor" title={t("title")} action={action}>
        {t("text", { state })}
      </EmptyState>
    </Card>
  );
}

function Recorded({ access, onConnect }: { access: ConsoleAccess; onConnect: () => void }) {
  const t = useTranslations("console.recorded");
  const action = (
    <Button variant="primary" onClick={onConnect}>
      {t("action")}
    </Button>
  );
  return (
    <Card>
      <EmptyState icon="eye" title={t("title", { name: access.vmName })} action={action}>
        {t("text")}
      </EmptyState>
    </Card>
  );
}

function Waiting({ access: { request } }: { access: ConsoleAccess }) {
  const t = useTranslations("console.waiting");
  if (request === null) return null;
  return (
    <Card>
      <EmptyState
        icon="hourglass"
        title={t("title")}
        action={<LinkButton href={`/requests/${request.ticketId}`}>{t("action")}</LinkButton>}
      >
        <p>{t("text")}</p>
        <p className="mt-1 text-ink-faint">
          {t.rich("asked", { time: () => <TimeAgo at={request.createdAt} /> })}
        </p>
      </EmptyState>
    </Card>
  );
}
