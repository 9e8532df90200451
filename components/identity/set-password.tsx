"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { LinkButton } from "@/components/ui/link-button";
import { Spinner } from "@/components/ui/spinner";
import { useErrorText } from "@/components/ui/use-error-text";
import { readLink, type LinkFacts, type LinkFailure } from "./password-link";
import { SetPasswordForm } from "./set-password-form";

type State =
  | { step: "checking" }
  | { step: "missing" }
  | { step: "refused"; failure: LinkFailure }
  | { step: "open"; token: string; facts: LinkFacts }
  | { step: "done" };

/** What stands behind the # is the link's secret: only the browser sees it, until it is posted. */
export function SetPassword() {
  const [state, setState] = useState<State>({ step: "checking" });

  const check = useCallback(async () => {
    const token = window.location.hash.slice(1);
    setState(token === "" ? { step: "missing" } : await readState(token));
  }, []);

  useEffect(() => {
    const first = setTimeout(() => void check(), 0);
    const again = () => void check();
    window.addEventListener("hashchange", again);
    return () => {
      clearTimeout(first);
      window.removeEventListener("hashchange", again);
    };
  }, [check]);

  function finish() {
    window.history.replaceState(null, "", window.location.pathname);
    setState({ step: "done" });
  }

  switch (state.step) {
    case "checking":
      return <Checking />;
    case "missing":
      return <LinkMissing />;
    case "refused":
      return <LinkRefused failure={state.failure} onRetry={() => void check()} />;
    case "open":
      return (
        <SetPasswordForm
          token={state.token}
          facts={state.facts}
          onDone={finish}
          onLinkRefused={(failure) => setState({ step: "refused", failure })}
        />
      );
    case "done":
      return <Done />;
  }
}

async function readState(token: string): Promise<State> {
  const answer = await readLink(token);
  return answer.ok
    ? { step: "open", token, facts: answer.result }
    : { step: "refused", failure: answer.failure };
}

function Checking() {
  const t = useTranslations("identity.setPassword");
  return (
    <p role="status" className="flex items-center gap-2 text-sm text-ink-muted">
      <Spinner />
      {t("checking")}
    </p>
  );
}

function LinkMissing() {
  const t = useTranslations("identity.setPassword");
  return (
    <Callout tone="danger" role="alert" title={t("refusedTitle")}>
      {t("missingText")}
    </Callout>
  );
}

function LinkRefused({ failure, onRetry }: { failure: LinkFailure; onRetry: () => void }) {
  const t = useTranslations("identity.setPassword");
  const errorText = useErrorText();
  if (failure.code === "LINK_REFUSED" || failure.code === "VALIDATION_FAILED") {
    return (
      <Callout tone="danger" role="alert" title={t("refusedTitle")}>
        {t("refusedText")}
      </Callout>
    );
  }
  const isThrottled = failure.code === "RATE_LIMIT_EXCEEDED";
  return (
    <Callout
      tone={isThrottled ? "warning" : "danger"}
      role="alert"
      title={t(isThrottled ? "throttledTitle" : "unavailableTitle")}
      actions={<Button onClick={onRetry}>{t("retry")}</Button>}
    >
      {errorText(failure)}
    </Callout>
  );
}

function Done() {
  const t = useTranslations("identity.setPassword");
  return (
    <>
      <Callout tone="success" role="status" title={t("doneTitle")}>
        {t("doneText")}
      </Callout>
      <LinkButton href="/login" variant="primary" size="lg">
        {t("signIn")}
      </LinkButton>
    </>
  );
}
