"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import { testMetricsSourceAction } from "@/app/actions/measurements";
import type { ActionFailure } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Icon } from "@/components/ui/icon";
import { useErrorText } from "@/components/ui/use-error-text";
import type { MetricsSourceTest } from "@/lib/clusters/metrics-source/schema";

/** Has a worker ask the saved address, and says what it knows. */
export function MetricsSourceTestPanel({ clusterId }: { clusterId: string }) {
  const t = useTranslations("clusters.metricsSource.test");
  const errorText = useErrorText();
  const [found, setFound] = useState<MetricsSourceTest | null>(null);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  const [pending, startTest] = useTransition();
  const run = () =>
    startTest(async () => {
      const answer = await testMetricsSourceAction({ clusterId });
      setFound(answer.ok ? answer.data : null);
      setFailure(answer.ok ? null : answer);
    });
  return (
    <div className="grid gap-3" aria-live="polite">
      <div>
        <Button onClick={run} pending={pending}>
          <Icon name="plug" />
          {t("run")}
        </Button>
      </div>
      {failure !== null && <Callout tone="danger" title={errorText(failure)} />}
      {found !== null && <Verdict found={found} />}
    </div>
  );
}

function Verdict({ found }: { found: MetricsSourceTest }) {
  const t = useTranslations("clusters.metricsSource.test");
  if (!found.ok)
    return (
      <Callout tone="danger" title={t("failed")}>
        <p className="font-mono text-xs break-words">{found.message}</p>
      </Callout>
    );
  if (found.missing.length === 0)
    return <Callout tone="success" title={t("good", { ms: found.durationMs })} />;
  return (
    <Callout tone="warning" title={t("partly", { found: found.found.length, missing: found.missing.length })}>
      <p>{t("partlyDetail")}</p>
      <ul className="mt-1 font-mono text-xs break-all">
        {found.missing.map((metric) => (
          <li key={metric}>{metric}</li>
        ))}
      </ul>
    </Callout>
  );
}
