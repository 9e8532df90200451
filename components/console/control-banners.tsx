"use client";

import { useTranslations } from "next-intl";
import { answerControlAction } from "@/app/actions/console";
import { ActionForm } from "@/components/ui/action-form";
import { Callout } from "@/components/ui/callout";
import { FormMessage } from "@/components/ui/form-message";
import { HiddenInputs } from "@/components/ui/hidden-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess, ControlAsk } from "@/lib/console/schema";
import { AskForControl } from "./ask-for-control";
import { controllerOf, watchersOf } from "./console-standing";
import { TakeOver } from "./take-over";
import type { ConsoleConnection } from "./use-console-connection";

interface ControlBannersProps {
  access: ConsoleAccess;
  consoleType: ConsoleType;
  console: ConsoleConnection;
}

/** Above the machine: who asks for it, who looks on, or whom one is looking at. */
export function ControlBanners(props: ControlBannersProps) {
  const { access, consoleType } = props;
  const { connection } = props.console;
  const mode = connection.phase === "connected" ? connection.mode : null;
  const asks = access.asks.filter((ask) => ask.consoleType === consoleType);
  return (
    <div className="grid gap-2 border-b p-2 empty:hidden">
      {mode === "watch" && <WatchingBanner {...props} />}
      {mode === "control" && asks.map((ask) => <AskBanner key={ask.askId} ask={ask} />)}
      {mode === "control" && <WatchedBanner access={access} consoleType={consoleType} />}
    </div>
  );
}

function AskBanner({ ask }: { ask: ControlAsk }) {
  const t = useTranslations("console.asked");
  const name = ask.askerName;
  return (
    <Callout
      tone="warning"
      role="alert"
      title={t("title", { name })}
      actions={
        <>
          <Answer ask={ask} verdict="grant" label={t("grant")} />
          <Answer ask={ask} verdict="decline" label={t("decline")} />
        </>
      }
    >
      {t("text", { name })}
    </Callout>
  );
}

interface AnswerProps {
  ask: ControlAsk;
  verdict: "grant" | "decline";
  label: string;
}

function Answer({ ask, verdict, label }: AnswerProps) {
  return (
    <ActionForm action={answerControlAction} className="grid gap-1">
      <HiddenInputs values={{ askId: ask.askId, verdict }} />
      <FormMessage />
      <SubmitButton size="sm" variant={verdict === "grant" ? "primary" : "secondary"}>
        {label}
      </SubmitButton>
    </ActionForm>
  );
}

function WatchedBanner({ access, consoleType }: Pick<ControlBannersProps, "access" | "consoleType">) {
  const t = useTranslations("console.watched");
  const watchers = watchersOf(access, consoleType);
  if (watchers.length === 0) return null;
  const names = watchers.map(({ displayName }) => displayName).join(", ");
  return (
    <Callout tone="info" role="status" title={t("title", { count: watchers.length, names })}>
      {t("text")}
    </Callout>
  );
}

function WatchingBanner({ access, consoleType, console }: ControlBannersProps) {
  const t = useTranslations("console.watching");
  const holder = controllerOf(access, consoleType);
  if (holder === null) return <Callout tone="info" role="status" title={t("titleAlone")} />;
  const name = holder.displayName;
  // Whoever only oversees has no right to the keys.
  const mayControl = !access.requiresApproval || access.grant !== null;
  return (
    <Callout
      tone="info"
      role="status"
      title={t("title", { name })}
      actions={
        mayControl && (
          <>
            <AskForControl access={access} holder={holder} size="sm" />
            <TakeOver name={name} onTakeOver={() => void console.connect("take_over")} size="sm" />
          </>
        )
      }
    >
      {t("text")}
    </Callout>
  );
}
