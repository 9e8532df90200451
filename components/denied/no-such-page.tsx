"use client";

import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Button } from "@/components/ui/button";

export function NoSuchPage() {
  const t = useTranslations("ui");
  return (
    <EmptyState
      icon="unfound"
      title={t("notFound.title")}
      action={
        <form action="/">
          <Button type="submit" variant="primary">
            {t("error.home")}
          </Button>
        </form>
      }
      className="py-[18vh]"
    >
      {t("notFound.explanation")}
    </EmptyState>
  );
}
