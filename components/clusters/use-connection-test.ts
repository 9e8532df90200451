"use client";

import { useCallback, useRef, useState } from "react";
import { testConnectionAction } from "@/app/actions/clusters";
import type { ActionFailure } from "@/components/ui/action-result";
import { useChallenge } from "@/components/ui/challenge-context";
import type { ConnectionTest } from "@/lib/clusters/connections/schema";

export type ConnectionTestState =
  | { state: "idle" }
  | { state: "testing" }
  | { state: "answered"; found: ConnectionTest }
  | { state: "failed"; failure: ActionFailure };

interface Tested {
  kubeconfig: string;
  clusterId?: string | undefined;
}

/** Has a worker try the connection; what is asked for first, such as a second factor, is met and the test repeated. */
export function useConnectionTest(onFound?: (found: ConnectionTest) => void) {
  const [test, setTest] = useState<ConnectionTestState>({ state: "idle" });
  const meetChallenge = useChallenge();
  const latest = useRef(0);

  const forget = useCallback(() => {
    latest.current += 1;
    setTest({ state: "idle" });
  }, []);

  const run = useCallback(
    async ({ kubeconfig, clusterId }: Tested) => {
      latest.current += 1;
      const turn = latest.current;
      setTest({ state: "testing" });
      const input = clusterId === undefined ? { kubeconfig } : { kubeconfig, clusterId };
      const ask = () => testConnectionAction(input).catch(lostConnection);
      let answer = await ask();
      if (!answer.ok && (await meetChallenge(answer))) answer = await ask();
      if (latest.current !== turn) return;
      setTest(answer.ok ? { state: "answered", found: answer.data } : { state: "failed", failure: answer });
      if (answer.ok) onFound?.(answer.data);
    },
    [meetChallenge, onFound],
  );
  return { test, run, forget };
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
