"use client";

import { useState, useTransition } from "react";
import { previewTemplateAction } from "@/app/actions/templates";
import type { ActionFailure } from "@/components/ui/action-result";
import type { PreviewTemplate, TemplatePreview } from "@/lib/requests/template-preview/schema";

export type TemplateQuestion = Omit<PreviewTemplate, "clusterId">;

/** A cluster's sentence at the member, or at `fields.<key>`, that caused it; null where none did. */
export interface ToldCause {
  member: string | null;
  path: string;
  message: string;
}

interface Told {
  /** What was asked about; another text means that the answer is about an older draft. */
  key: string;
  result: { ok: true; preview: TemplatePreview } | ActionFailure;
  causes: readonly ToldCause[];
}

const none: readonly ToldCause[] = [];

export interface TemplateDryRun {
  result: Told["result"] | null;
  causes: readonly ToldCause[];
  isAsking: boolean;
  isOutdated: boolean;
  ask: (clusterId: string) => void;
}

/** Asks one cluster's admission, only when somebody says so: typing must not knock at clusters. */
export function useTemplateDryRun(question: TemplateQuestion): TemplateDryRun {
  const [told, setTold] = useState<Told | null>(null);
  const [isAsking, startAsking] = useTransition();
  const key = JSON.stringify(question);
  const isOutdated = told !== null && told.key !== key;

  function ask(clusterId: string) {
    startAsking(async () => {
      const answer = await previewTemplateAction({ ...question, clusterId }).catch((): ActionFailure => ({
        ok: false,
        code: "CONNECTION_LOST",
      }));
      const result = answer.ok ? { ok: true as const, preview: answer.data } : answer;
      setTold({ key, result, causes: answer.ok ? causesIn(answer.data, question) : none });
    });
  }

  const causes = told === null || isOutdated ? none : told.causes;
  return { result: told?.result ?? null, causes, isAsking, isOutdated, ask };
}

function causesIn({ verdict }: TemplatePreview, { template }: TemplateQuestion): ToldCause[] {
  const { quickFields, advancedFields, professionalFields, fieldDefaults } = template;
  const keys = [...quickFields, ...advancedFields, ...professionalFields, ...Object.keys(fieldDefaults)];
  return (verdict?.causes ?? []).map(({ field, message }) => ({
    member: memberOfCause(field, keys),
    path: field,
    message,
  }));
}

const members: readonly (readonly [RegExp, string])[] = [
  [/cloudInit|userData/i, "cloudInit"],
  [/containerDisk|source|\burl\b|pvc/i, "imageUrl"],
];

/** The input that a path of a cluster's refusal speaks of: a field first, else a member. */
function memberOfCause(path: string, keys: readonly string[]): string | null {
  const key = keys
    .filter((each) => path === each || path.startsWith(`${each}.`) || path.startsWith(`${each}[`))
    .sort((left, right) => right.length - left.length)[0];
  if (key !== undefined) return `fields.${key}`;
  return members.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
