"use client";

import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { CodeBlock } from "@/components/ui/code-block";
import type { Tone } from "@/components/ui/tones";
import type { ImportRefusal, PlannedImport } from "@/lib/vms/adoption/schema";
import { RegisterNamespace } from "./register-namespace";
import { useRefusalText } from "./use-refusal-text";

const tones: Record<PlannedImport["result"], Tone> = {
  accepted: "success",
  refused: "danger",
  not_checked: "warning",
};

/** One machine: each line that would be added, the whole request, and what the cluster said to it. */
export function ImportPlan({ machine }: { machine: PlannedImport }) {
  const t = useTranslations("adoption.import");
  return (
    <li className="grid min-w-0 content-start gap-2 rounded-lg border bg-surface p-3">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="min-w-0 font-mono text-sm font-medium break-all">{machine.name}</span>
        <span className="text-xs text-ink-muted">{machine.namespace}</span>
        <Badge tone={tones[machine.result]}>{t(machine.result)}</Badge>
      </p>
      <Refusals refusals={machine.refusals} />
      {machine.claims.length > 0 && (
        <p className="text-xs break-words text-ink-muted">
          {t("claims", { claims: machine.claims.join(", ") })}
        </p>
      )}
      {machine.result === "accepted" && <LabelLines machine={machine} />}
      {machine.result === "accepted" && machine.patch !== null && (
        <details>
          <summary className="cursor-pointer text-xs text-ink-muted">{t("body")}</summary>
          <CodeBlock code={machine.patch} className="mt-2" />
        </details>
      )}
    </li>
  );
}

function LabelLines({ machine: { labels, before } }: { machine: PlannedImport }) {
  const t = useTranslations("adoption.import");
  const kept = Object.keys(before).filter((key) => labels[key] === undefined).length;
  return (
    <ul className="grid gap-0.5 overflow-x-auto rounded-md border bg-sunken p-2 font-mono text-xs leading-5">
      <li className="text-ink-faint">{"metadata.labels:"}</li>
      {Object.entries(labels).map(([key, value]) => (
        <li key={key}>
          <ins className="block min-w-0 bg-success-soft px-1 break-all text-success no-underline">
            + {key}: {value}
          </ins>
        </li>
      ))}
      {kept > 0 && <li className="text-ink-faint">{t("otherLabels", { count: kept })}</li>}
    </ul>
  );
}

function Refusals({ refusals }: { refusals: readonly ImportRefusal[] }) {
  const textOf = useRefusalText();
  return refusals.map((refusal, at) => (
    <div key={at} className="grid gap-1 text-sm break-words text-ink-muted">
      <p>{textOf(refusal)}</p>
      {refusal.code === "namespace_unregistered" && refusal.params["registrable"] === true && (
        <RegisterNamespace
          namespace={String(refusal.params["namespace"])}
          environment={String(refusal.params["environment"])}
        />
      )}
    </div>
  ));
}
