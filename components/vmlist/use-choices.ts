"use client";

import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import type { SearchKey } from "@/lib/vms/list/language/schema";
import type { Typing } from "./complete-search";
import type { Completion } from "./use-completion";

export interface Choice {
  value: string;
  label: string;
}

const typingPauseMs = 120;
const choicesMax = 12;

/** What can stand where somebody types; names come from the server once typing pauses. */
export function useChoices(typing: Typing | null, completion: Completion | null): readonly Choice[] {
  const t = useTranslations("vmlist");
  const [answer, setAnswer] = useState<{ about: string; choices: readonly Choice[] }>({
    about: "",
    choices: [],
  });
  const about =
    typing?.kind === "named" ? new URLSearchParams({ key: typing.key, text: typing.text }).toString() : "";

  useEffect(() => {
    if (about === "") return;
    const left = new AbortController();
    const timer = setTimeout(() => {
      readValues(about, left.signal).then(
        (choices) => setAnswer({ about, choices }),
        () => undefined,
      );
    }, typingPauseMs);
    return () => {
      clearTimeout(timer);
      left.abort();
    };
  }, [about]);

  if (typing === null || completion === null) return [];
  if (typing.kind === "key")
    return completion.keysFor(typing.text).map((value) => ({ value, label: t(`key.${keyIn(value)}`) }));
  if (typing.kind === "named") return withMe(typing, answer.about === about ? answer.choices : [], t("me"));
  const fitting = typing.values.filter((value) => value.startsWith(typing.text));
  return fitting.slice(0, choicesMax).map((value) => ({ value, label: "" }));
}

/** A key with its sign is offered from the list of keys itself. */
function keyIn(value: string): SearchKey {
  return value.replace(/[:<]$/, "") as SearchKey;
}

function withMe(
  typing: Typing & { kind: "named" },
  choices: readonly Choice[],
  label: string,
): readonly Choice[] {
  return typing.key === "owner" && "me".startsWith(typing.text)
    ? [{ value: "me", label }, ...choices]
    : choices;
}

async function readValues(about: string, signal: AbortSignal): Promise<readonly Choice[]> {
  const answer = await fetch(`/api/v1/vms/search-values?${about}`, { signal });
  if (!answer.ok) return [];
  const page: unknown = await answer.json();
  if (typeof page !== "object" || page === null || !("items" in page) || !Array.isArray(page.items))
    return [];
  return page.items.map(({ value, label }: Choice) => ({ value: String(value), label: String(label) }));
}
