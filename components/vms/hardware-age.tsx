"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import { refreshHardwareAction } from "@/app/actions/hardware";
import type { ActionFailure } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { TimeAgo } from "@/components/ui/time-ago";
import { useErrorText } from "@/components/ui/use-error-text";

type HardwareAgeProps = { vmId: string; readAt: Date | null; isBehind: boolean };

/** How old what is shown is; where the machine has changed since, the cluster is asked once by itself. */
export function HardwareAge({ vmId, readAt, isBehind }: HardwareAgeProps) {
  const t = useTranslations("vms.hardware");
  const errorText = useErrorText();
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startReading] = useTransition();
  const hasAsked = useRef(false);

  function read() {
    startReading(async () => {
      const result = await refreshHardwareAction({ vmId });
      setFailure(result.ok ? null : result);
    });
  }

  const readOnce = useEffectEvent(() => {
    if (hasAsked.current) return;
    hasAsked.current = true;
    read();
  });

  useEffect(() => {
    if (isBehind) readOnce();
  }, [isBehind]);

  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-ink-muted">
      <span role="status">
        {pending
          ? t("reading")
          : readAt === null
            ? t("unread")
            : t.rich("readAt", { time: () => <TimeAgo at={readAt} /> })}
      </span>
      <Button size="sm" variant="ghost" onClick={read} pending={pending}>
        {t("readAgain")}
      </Button>
      {failure !== null && (
        <span role="alert" className="basis-full text-danger">
          {errorText(failure)}
        </span>
      )}
    </div>
  );
}
