"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";

interface DetachedPanelProps {
  onShow: () => void;
  onBringBack: () => void;
}

/** In the place of a console that was moved to a window of its own. */
export function DetachedPanel({ onShow, onBringBack }: DetachedPanelProps) {
  const t = useTranslations("console.detached");
  const actions = (
    <>
      <Button variant="primary" onClick={onBringBack}>
        {t("bringBack")}
      </Button>
      <Button onClick={onShow}>{t("show")}</Button>
    </>
  );
  return (
    <Card>
      <EmptyState icon="monitor" title={t("title")} action={actions}>
        {t("text")}
      </EmptyState>
    </Card>
  );
}
