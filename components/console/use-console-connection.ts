"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { requestConsoleAction } from "@/app/actions/console";
import type { ActionFailure } from "@/components/ui/action-result";
import { useChallenge } from "@/components/ui/challenge-context";
import { endingOfCloseCode, type ConsoleEnding } from "@/lib/console/rules";

/** Why a console is closed: what the proxy said, or that it said nothing. */
export type Ending = ConsoleEnding | "lost";

export type Connection =
  | { phase: "idle" | "asking" | "reconnecting" }
  | { phase: "connecting" | "connected"; socketPath: string; attempt: number }
  | { phase: "ended"; ending: Ending }
  | { phase: "ended"; failure: ActionFailure };

/** Endings that pass by themselves: the way back is tried before anybody is asked. */
const passing: readonly Ending[] = ["lost", "shutdown"];
const retryMs = [1_000, 3_000, 6_000];

/** One console connection: ask for a token, connect, and come back after what passes by itself. */
export function useConsoleConnection(vmId: string) {
  const router = useRouter();
  const meetChallenge = useChallenge();
  const [connection, setConnection] = useState<Connection>({ phase: "idle" });
  const attempt = useRef(0);
  const retries = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  async function connect(phase: "asking" | "reconnecting" = "asking"): Promise<void> {
    clearTimeout(timer.current);
    attempt.current += 1;
    const own = attempt.current;
    setConnection({ phase });
    const answer = await requestConsoleAction({ vmId, consoleType: "vnc" }).catch(lostConnection);
    // Somebody pressed a button meanwhile.
    if (own !== attempt.current) return;
    if (!answer.ok) {
      if ((await meetChallenge(answer)) && own === attempt.current) return connect(phase);
      return setConnection({ phase: "ended", failure: answer });
    }
    const { socketPath } = answer.data;
    if (socketPath !== null) setConnection({ phase: "connecting", socketPath, attempt: own });
  }

  function confirmConnected() {
    retries.current = 0;
    setConnection((now) => (now.phase === "connecting" ? { ...now, phase: "connected" } : now));
    // Who else was connected has just changed.
    router.refresh();
  }

  /** @param closeCode the websocket's, or null where it never came about */
  function endWith(closeCode: number | null) {
    const ending = (closeCode === null ? null : endingOfCloseCode(closeCode)) ?? "lost";
    const wait = passing.includes(ending) ? retryMs[retries.current] : undefined;
    if (wait === undefined) {
      setConnection({ phase: "ended", ending });
      router.refresh();
      return;
    }
    retries.current += 1;
    setConnection({ phase: "reconnecting" });
    timer.current = setTimeout(() => void connect("reconnecting"), wait);
  }

  function disconnect() {
    attempt.current += 1;
    setConnection({ phase: "ended", ending: "closed" });
  }

  function reset() {
    setConnection({ phase: "idle" });
  }

  return { connection, connect, confirmConnected, endWith, disconnect, reset };
}

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}
