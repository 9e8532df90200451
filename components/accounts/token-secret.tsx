"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CodeBlock } from "@/components/ui/code-block";
import { DialogActions } from "@/components/ui/dialog";
import { ExactTime } from "@/components/ui/exact-time";
import type { IssuedToken } from "@/lib/identity/tokens/schema";

type TokenSecretProps = { issued: IssuedToken; onKept: () => void };

const whole = "[&_pre]:whitespace-pre-wrap [&_pre]:break-all";

export function TokenSecret({ issued, onKept }: TokenSecretProps) {
  const t = useTranslations("accounts.issue");
  const address = new URL("/api/v1/auth/me", window.location.origin).href;
  return (
    <>
      <Callout tone="warning" role="status">
        {t.rich("onceText", { time: () => <ExactTime at={issued.expiresAt} style="date" /> })}
      </Callout>
      <CodeBlock title={t("token")} code={issued.token} maxHeight="none" className={whole} />
      <CodeBlock
        title={t("example")}
        code={`curl -H "Authorization: Bearer ${issued.token}" \\\n  ${address}`}
        maxHeight="none"
        className={whole}
      />
      <DialogActions>
        <Button variant="primary" onClick={onKept}>
          {t("done")}
        </Button>
      </DialogActions>
    </>
  );
}
