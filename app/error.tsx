"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";

export default function PageError({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("ui");
  return (
    <ErrorState
      title={t("error.pageTitle")}
      code={digestOf(error)}
      action={
        <>
          <Button variant="primary" onClick={retry}>
            {t("error.retry")}
          </Button>
          {/* A full load, because what failed may be what is loaded. */}
          <form action="/">
            <Button type="submit">{t("error.home")}</Button>
          </form>
        </>
      }
    >
      {t("error.pageAdvice")}
    </ErrorState>
  );
}

function digestOf(error: unknown) {
  return error instanceof Error && "digest" in error ? String(error.digest) : undefined;
}
