"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { ActionFailure } from "@/components/ui/action-result";
import { Icon, type IconName } from "@/components/ui/icon";
import { LinkButton } from "@/components/ui/link-button";
import { QuotedCode } from "@/components/ui/quoted-code";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ConsoleAccess } from "@/lib/console/schema";
import { standingOf } from "./access-panel";
import type { Ending } from "./use-console-connection";

interface EndedPanelProps {
  access: ConsoleAccess;
  ended: { ending: Ending } | { failure: ActionFailure };
  onReconnect: () => void;
  /** Back to where an approval is asked for. */
  onAskAgain: () => void;
}

const icons: Partial<Record<Ending, IconName>> = {
  closed: "plug",
  lost: "plug",
  cluster_lost: "cloud",
  session_ended: "lock",
  permission_lost: "lock",
  grant_over: "clock",
  vm_stopped: "stopped",
  revoked: "ban",
  idle: "clock",
  shutdown: "refresh",
  taken_over: "user",
};

/** In the place of the screen: why it is gone, and the one next step. */
export function EndedPanel({ access, ended, onReconnect, onAskAgain }: EndedPanelProps) {
  const t = useTranslations("console");
  const errorText = useErrorText();
  const failure = "failure" in ended ? ended.failure : null;
  const word = "ending" in ended ? ended.ending : "refused";
  const text = failure === null ? t(`ending.${word}.text`) : errorText(failure);
  return (
    <div role="status" className="grid max-w-md justify-items-center gap-1 p-6 text-center">
      <span className="mb-2 grid size-10 place-items-center rounded-full border bg-raised text-ink-faint">
        <Icon name={"ending" in ended ? (icons[ended.ending] ?? "alert") : "alert"} className="size-5" />
      </span>
      <p className="font-medium">{t(`ending.${word}.title`)}</p>
      <p className="text-sm text-pretty text-ink-muted">{text}</p>
      {failure !== null && <QuotedCode code={failure.code} requestId={failure.requestId} className="mt-1" />}
      <div className="mt-3">
        <NextStep access={access} word={word} onReconnect={onReconnect} onAskAgain={onAskAgain} />
      </div>
    </div>
  );
}

interface NextStepProps {
  access: ConsoleAccess;
  word: Ending | "refused";
  onReconnect: () => void;
  onAskAgain: () => void;
}

function NextStep({ access, word, onReconnect, onAskAgain }: NextStepProps) {
  const t = useTranslations("console");
  const standing = standingOf(access);
  if (word === "session_ended") {
    const back = encodeURIComponent(`/vms/${access.vmId}/console`);
    return (
      <LinkButton variant="primary" href={`/login?return_to=${back}`}>
        {t("again.signIn")}
      </LinkButton>
    );
  }
  if (standing === "not-running" || word === "vm_stopped") {
    return <LinkButton href={`/vms/${access.vmId}`}>{t("again.machine")}</LinkButton>;
  }
  if (standing === "ask" || standing === "waiting") {
    return (
      <Button variant="primary" onClick={onAskAgain}>
        {t("ask.again")}
      </Button>
    );
  }
  if (word === "permission_lost") return null;
  return (
    <Button variant="primary" onClick={onReconnect}>
      {word === "taken_over" ? t("again.takeBack") : t("again.reconnect")}
    </Button>
  );
}
