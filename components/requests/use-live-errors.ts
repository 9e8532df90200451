"use client";

import { useTranslations } from "next-intl";
import type { PlacementPreview } from "@/lib/requests/schema";
import { useErrorText } from "@/components/ui/use-error-text";
import { fieldOfRefusal } from "./refused-field";
import type { LiveAnswer } from "./use-live-answer";
import { admissionFacts } from "./verdict-facts";

export type ErrorOf = (field: string) => string | undefined;

/** What the live answer says about one input: our own rule, or a cluster's refusal where every cluster refuses. */
export function useLiveErrors(answer: LiveAnswer<PlacementPreview>): ErrorOf {
  const t = useTranslations("requests");
  const errorText = useErrorText();
  return (field) => {
    if (answer.phase === "refused") {
      const error = answer.failure.fields?.[field];
      return error && errorText(error);
    }
    if (answer.phase !== "told") return undefined;
    const { outcome, causes } = admissionFacts(answer.told);
    const cause =
      outcome === "refused" ? causes.find((each) => fieldOfRefusal(each.field) === field) : undefined;
    return cause && t("verdict.clusterRefuses", { words: cause.message });
  };
}
