"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess } from "@/lib/console/schema";
import { controllerOf } from "./console-standing";

interface ObserveCardProps {
  access: ConsoleAccess;
  consoleType: ConsoleType;
  onWatch: () => void;
}

/** Whoever keeps the System may look on without an approval of their own. */
export function ObserveCard({ access, consoleType, onWatch }: ObserveCardProps) {
  const t = useTranslations("console.observe");
  const holder = controllerOf(access, consoleType);
  if (holder === null || !access.canObserve) return null;
  const action = (
    <Button size="sm" onClick={onWatch}>
      {t("action")}
    </Button>
  );
  return (
    <Callout tone="neutral" title={t("title", { name: holder.displayName })} actions={action}>
      {t("text")}
    </Callout>
  );
}
