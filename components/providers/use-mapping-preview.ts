"use client";

import { useCallback, useRef, useState } from "react";
import { previewMappingAction } from "@/app/actions/providers";
import type { ActionFailure } from "@/components/ui/action-result";
import type { MappingPreview, previewMappingInput } from "@/lib/identity/providers/mapping/schema";
import type { z } from "zod";

export type MappingEffect =
  | { state: "unknown" }
  | { state: "asked" }
  | { state: "known"; preview: MappingPreview }
  | { state: "refused"; failure: ActionFailure };

type Question = z.input<typeof previewMappingInput>;

/** Who would get or lose what. An answer to an older question is dropped. */
export function useMappingPreview() {
  const [effect, setEffect] = useState<MappingEffect>({ state: "unknown" });
  const latest = useRef(0);

  const ask = useCallback(async (question: Question) => {
    const number = (latest.current += 1);
    setEffect({ state: "asked" });
    const answer = await previewMappingAction(question).catch(lostConnection);
    if (latest.current !== number) return;
    setEffect(answer.ok ? { state: "known", preview: answer.data } : { state: "refused", failure: answer });
  }, []);

  const forget = useCallback(() => {
    latest.current += 1;
    setEffect({ state: "unknown" });
  }, []);

  return { effect, ask, forget };
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
