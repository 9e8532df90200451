"use client";

import { useTranslations } from "next-intl";
import { useState, useTransition } from "react";
import type { ActionResult } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

type Manifest = { yaml: string; resourceVersion: string | null };

type VmManifestProps = {
  vmId: string;
  readManifest: (input: { vmId: string }) => Promise<ActionResult<Manifest>>;
};

/** Asked for only when wanted: it costs a worker a call to the cluster. */
export function VmManifest({ vmId, readManifest }: VmManifestProps) {
  const t = useTranslations("vms");
  const [answer, setAnswer] = useState<ActionResult<Manifest> | null>(null);
  const [pending, startReading] = useTransition();

  function read() {
    startReading(async () => setAnswer(await readManifest({ vmId })));
  }

  return (
    <Card
      title={t("detail.manifest")}
      description={t("manifest.explanation")}
      actions={
        <Button onClick={read} pending={pending}>
          {t("manifest.read")}
        </Button>
      }
    >
      {answer === null && <p className="text-sm text-ink-muted">{t("manifest.unread")}</p>}
      {answer?.ok === true && <CodeBlock code={answer.data.yaml} />}
      {answer?.ok === false && (
        <Callout tone="danger" role="alert">
          {t("manifest.failed", { code: answer.code })}
        </Callout>
      )}
    </Card>
  );
}
