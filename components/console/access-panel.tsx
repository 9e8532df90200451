"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { LinkButton } from "@/components/ui/link-button";
import { TimeAgo } from "@/components/ui/time-ago";
import type { ConsoleAccess } from "@/lib/console/schema";
import { AccessRequest } from "./access-request";

export type Standing = "ready" | "not-running" | "ask" | "waiting" | "occupied";

const openStates = ["PENDING", "APPROVED", "EXECUTING"];

/** What stands between the person and the screen. */
export function standingOf(access: ConsoleAccess): Standing {
  if (access.vmStatus !== "RUNNING") return "not-running";
  if (access.requiresApproval && access.grant === null) {
    return access.request !== null && openStates.includes(access.request.status) ? "waiting" : "ask";
  }
  return othersOn(access).length === 0 ? "ready" : "occupied";
}

/** One's own session in another window gives way without a question. */
export function othersOn({ sessions }: ConsoleAccess) {
  return sessions.filter(({ isOwn, consoleType }) => !isOwn && consoleType === "vnc");
}

interface AccessPanelProps {
  access: ConsoleAccess;
  standing: Exclude<Standing, "ready">;
  onTakeOver: () => void;
}

export function AccessPanel({ access, standing, onTakeOver }: AccessPanelProps) {
  switch (standing) {
    case "not-running":
      return <NotRunning access={access} />;
    case "ask":
      return <AccessRequest access={access} />;
    case "waiting":
      return <Waiting access={access} />;
    case "occupied":
      return <Occupied access={access} onTakeOver={onTakeOver} />;
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

function Occupied({ access, onTakeOver }: { access: ConsoleAccess; onTakeOver: () => void }) {
  const t = useTranslations("console.occupied");
  const others = othersOn(access);
  const name = others.map(({ displayName }) => displayName).join(", ");
  const [first] = others;
  const title = others.length === 1 ? t("title", { name }) : t("titleMany", { count: others.length });
  const action = (
    <Button variant="primary" onClick={onTakeOver}>
      {t("action")}
    </Button>
  );
  return (
    <Card>
      <EmptyState icon="user" title={title} action={action}>
        <p>{t("text", { name })}</p>
        {first && (
          <p className="mt-1 text-ink-faint">
            {t.rich("since", { time: () => <TimeAgo at={first.since} /> })}
          </p>
        )}
      </EmptyState>
    </Card>
  );
}
