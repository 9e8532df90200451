"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { LinkButton } from "@/components/ui/link-button";
import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess } from "@/lib/console/schema";
import { controllerOf, standingOf } from "./console-standing";
import { TakeOver } from "./take-over";
import type { ConsoleConnection, Ending } from "./use-console-connection";

interface NextStepProps {
  access: ConsoleAccess;
  consoleType: ConsoleType;
  word: Ending | "refused";
  console: ConsoleConnection;
}

/** What a person can do once a console has ended. */
export function NextStep({ access, consoleType, word, console }: NextStepProps) {
  const t = useTranslations("console");
  const standing = standingOf(access, consoleType);
  if (word === "session_ended") {
    const page = consoleType === "vnc" ? "console" : "console/serial";
    const back = encodeURIComponent(`/vms/${access.vmId}/${page}`);
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
      <Button variant="primary" onClick={console.reset}>
        {t("ask.again")}
      </Button>
    );
  }
  if (word === "permission_lost") return null;
  // Past the portal nobody is known by name, and only connecting over them ends their session.
  if (standing === "occupied" || word === "in_use") return <Occupied {...{ access, consoleType, console }} />;
  return (
    <Button variant="primary" onClick={() => void console.connect()}>
      {t("again.reconnect")}
    </Button>
  );
}

function Occupied({ access, consoleType, console }: Omit<NextStepProps, "word">) {
  const t = useTranslations("console");
  const holder = controllerOf(access, consoleType);
  return (
    <>
      {holder !== null && (
        <Button variant="primary" onClick={() => void console.connect("watch")}>
          {t("occupied.watch")}
        </Button>
      )}
      <TakeOver
        name={holder?.displayName ?? t("occupied.somebody")}
        onTakeOver={() => void console.connect("take_over")}
      />
    </>
  );
}
