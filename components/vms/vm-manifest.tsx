"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useRef, useState, useTransition } from "react";
import type { ActionResult } from "@/components/ui/action-result";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Card } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Skeleton } from "@/components/ui/skeleton";
import { Switch } from "@/components/ui/switch";
import { useErrorText } from "@/components/ui/use-error-text";
import type { VmManifest as Manifest } from "@/lib/vms/schema";
import { ManifestDifferences } from "./manifest-differences";

type VmManifestProps = {
  vm: { id: string; name: string };
  readManifest: (input: { vmId: string }) => Promise<ActionResult<Manifest>>;
};

/** The live object, read when the page is opened and when it is asked for again. */
export function VmManifest({ vm, readManifest }: VmManifestProps) {
  const t = useTranslations("vms.manifest");
  const errorText = useErrorText();
  const [answer, setAnswer] = useState<ActionResult<Manifest> | null>(null);
  const [withManaged, setWithManaged] = useState(false);
  const [pending, startReading] = useTransition();
  const hasAsked = useRef(false);

  function read() {
    startReading(async () => setAnswer(await readManifest({ vmId: vm.id })));
  }

  const readOnce = useEffectEvent(() => {
    if (hasAsked.current) return;
    hasAsked.current = true;
    read();
  });
  useEffect(() => readOnce(), []);

  const manifest = answer?.ok === true ? answer.data : null;
  const text = manifest === null ? "" : textOf(manifest, withManaged);
  return (
    <div className="grid gap-5">
      {manifest !== null && <ManifestDifferences differences={manifest.differences} />}
      <Card
        title={t("title")}
        description={t("explanation")}
        actions={
          <>
            <Switch
              name="managed"
              label={t("managed")}
              checked={withManaged}
              onChange={(event) => setWithManaged(event.target.checked)}
            />
            {manifest !== null && <Button onClick={() => save(vm.name, text)}>{t("download")}</Button>}
            <Button onClick={read} pending={pending}>
              {t("read")}
            </Button>
          </>
        }
      >
        {answer === null && <Reading />}
        {manifest !== null && <CodeBlock code={text} title={`${vm.name}.yaml`} maxHeight="none" />}
        {answer?.ok === false && (
          <Callout tone="danger" role="alert" title={t("failed")}>
            {errorText(answer)}
          </Callout>
        )}
      </Card>
    </div>
  );
}

function Reading() {
  const t = useTranslations("vms.manifest");
  return (
    <div role="status" aria-busy className="grid gap-2">
      <span className="sr-only">{t("reading")}</span>
      {["w-40", "w-56", "w-48", "w-72", "w-64", "w-52", "w-60", "w-44"].map((width) => (
        <Skeleton key={width} className={`h-3 max-w-full ${width}`} />
      ))}
    </div>
  );
}

function textOf({ yaml, managedFields }: Manifest, withManaged: boolean): string {
  return withManaged && managedFields !== null ? `${yaml}---\n${managedFields}` : yaml;
}

function save(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = `${name}.yaml`;
  link.click();
  URL.revokeObjectURL(address);
}
