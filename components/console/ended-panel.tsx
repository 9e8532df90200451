"use client";

import { useTranslations } from "next-intl";
import type { ActionFailure } from "@/components/ui/action-result";
import { Icon, type IconName } from "@/components/ui/icon";
import { QuotedCode } from "@/components/ui/quoted-code";
import { useErrorText } from "@/components/ui/use-error-text";
import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess } from "@/lib/console/schema";
import { NextStep } from "./next-step";
import type { ConsoleConnection, Ending } from "./use-console-connection";

interface EndedPanelProps {
  access: ConsoleAccess;
  consoleType: ConsoleType;
  ended: { ending: Ending } | { failure: ActionFailure };
  console: ConsoleConnection;
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
  handed_over: "user",
  in_use: "user",
  watch_ended: "eye",
  too_slow: "eye",
  unwatchable: "eye",
};

/** In the place of the screen: why it is gone, by whose hand, and the next step. */
export function EndedPanel({ access, consoleType, ended, console }: EndedPanelProps) {
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
      <EndedBy access={access} word={word} />
      <p className="text-sm text-pretty text-ink-muted">{text}</p>
      {failure !== null && <QuotedCode code={failure.code} requestId={failure.requestId} className="mt-1" />}
      <div className="mt-3 flex flex-wrap justify-center gap-2">
        <NextStep {...{ access, consoleType, word, console }} />
      </div>
    </div>
  );
}

/** Endings that somebody else's hand brought about. */
const byHand: readonly string[] = ["taken_over", "handed_over", "revoked"];

function EndedBy({ access: { lastEnding }, word }: { access: ConsoleAccess; word: Ending | "refused" }) {
  const t = useTranslations("console.endedBy");
  if (lastEnding === null || lastEnding.reason !== word || !byHand.includes(word)) return null;
  const { byName, comment } = lastEnding;
  return (
    <>
      {byName !== null && <p className="text-sm">{t("name", { name: byName })}</p>}
      {comment !== null && <p className="text-sm text-ink-muted">{t("comment", { comment })}</p>}
    </>
  );
}
