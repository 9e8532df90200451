"use client";

import { useMemo, useState, useTransition } from "react";
import { previewSizeAction } from "@/app/actions/sizes";
import type { ActionFailure } from "@/components/ui/action-result";
import type { SizePreview } from "@/lib/vms/size-preview/schema";
import { fieldOfCause } from "./member-paths";
import { previewInputOf, type SizeDraft } from "./size-draft";

export type Validation = NonNullable<SizePreview["clusterValidation"]>;

interface Told {
  clusterId: string;
  /** What was asked about; another text means that the answer is about an older size. */
  key: string;
  result: { ok: true; validation: Validation | null } | ActionFailure;
}

export interface DryRun {
  told: Told | null;
  isAsking: boolean;
  isOutdated: boolean;
  ask: (clusterId: string) => void;
}

/** Asks one cluster's admission, only when somebody says so: typing must not knock at clusters. */
export function useDryRun(draft: SizeDraft): { dryRun: DryRun; toldAt: ReadonlyMap<string, string> } {
  const [told, setTold] = useState<Told | null>(null);
  const [isAsking, startAsking] = useTransition();
  const key = JSON.stringify(previewInputOf(draft));
  const isOutdated = told !== null && told.key !== key;

  function ask(clusterId: string) {
    startAsking(async () => {
      const answer = await previewSizeAction({ size: previewInputOf(draft), clusterId }).catch(
        (): ActionFailure => ({ ok: false, code: "CONNECTION_LOST" }),
      );
      const result = answer.ok ? { ok: true as const, validation: answer.data.clusterValidation } : answer;
      setTold({ clusterId, key, result });
    });
  }

  const toldAt = useMemo(() => {
    if (told === null || isOutdated || !told.result.ok) return new Map<string, string>();
    const causes = told.result.validation?.causes ?? [];
    return new Map(
      causes.flatMap(({ field, message }) => {
        const at = fieldOfCause(field, draft.overrides);
        return at === null ? [] : [[at, message] as const];
      }),
    );
  }, [told, isOutdated, draft.overrides]);

  return { dryRun: { told, isAsking, isOutdated, ask }, toldAt };
}
