"use client";

import { useCallback, useRef, useState } from "react";
import { previewKubeconfigAction } from "@/app/actions/clusters";
import type { ActionFailure } from "@/components/ui/action-result";
import type { ConnectionPreview } from "@/lib/clusters/schema";

export type KubeconfigPreview =
  | { state: "empty" }
  | { state: "reading" }
  | { state: "accepted"; connection: ConnectionPreview }
  | { state: "refused"; failure: ActionFailure };

const typingPauseMs = 400;

/** Reads what was pasted while nothing is saved; an answer to older text is dropped. */
export function useKubeconfigPreview(): { preview: KubeconfigPreview; read: (text: string) => void } {
  const [preview, setPreview] = useState<KubeconfigPreview>({ state: "empty" });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const latest = useRef("");

  const ask = useCallback(async (kubeconfig: string) => {
    const answer = await previewKubeconfigAction({ kubeconfig }).catch(lostConnection);
    if (latest.current !== kubeconfig) return;
    setPreview(
      answer.ok ? { state: "accepted", connection: answer.data } : { state: "refused", failure: answer },
    );
  }, []);

  const read = useCallback(
    (text: string) => {
      clearTimeout(timer.current);
      latest.current = text;
      if (text.trim() === "") return setPreview({ state: "empty" });
      setPreview({ state: "reading" });
      timer.current = setTimeout(() => void ask(text), typingPauseMs);
    },
    [ask],
  );
  return { preview, read };
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
