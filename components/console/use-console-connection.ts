"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import { requestConsoleAction } from "@/app/actions/console";
import type { ActionFailure } from "@/components/ui/action-result";
import { useChallenge } from "@/components/ui/challenge-context";
import {
  endingOfCloseCode,
  reconnectDelayOf,
  type ConsoleEnding,
  type ConsoleMode,
  type ConsoleType,
} from "@/lib/console/rules";

/** Why a console is closed: what the proxy said, or that it said nothing. */
export type Ending = ConsoleEnding | "lost";
export type AskedMode = ConsoleMode | "take_over";

export type Connection =
  | { phase: "idle" | "asking" | "reconnecting" }
  | { phase: "connecting" | "connected"; socketPath: string; attempt: number; mode: ConsoleMode }
  | { phase: "ended"; ending: Ending }
  | { phase: "ended"; failure: ActionFailure };

/** How a websocket closed; null where it never came about. */
export type SocketClose = { code: number; reason: string } | null;

/** Endings that pass by themselves: the way back is tried before anybody is asked. */
const passing: readonly Ending[] = ["lost", "shutdown"];
const retryMs = [1_000, 3_000, 6_000];

interface Asked {
  mode: AskedMode;
  phase: "asking" | "reconnecting";
}

/** One console connection: ask for a token, connect, and come back after what passes by itself. */
export function useConsoleConnection(vmId: string, consoleType: ConsoleType) {
  const router = useRouter();
  const meetChallenge = useChallenge();
  const [connection, setConnection] = useState<Connection>({ phase: "idle" });
  const attempt = useRef(0);
  const retries = useRef(0);
  const mode = useRef<ConsoleMode>("control");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => () => clearTimeout(timer.current), []);

  async function ask(asked: Asked): Promise<void> {
    clearTimeout(timer.current);
    attempt.current += 1;
    const own = attempt.current;
    mode.current = asked.mode === "watch" ? "watch" : "control";
    setConnection({ phase: asked.phase });
    const answer = await requestConsoleAction({ vmId, consoleType, mode: asked.mode }).catch(lostConnection);
    // Somebody pressed a button meanwhile.
    if (own !== attempt.current) return;
    if (!answer.ok) {
      if ((await meetChallenge(answer)) && own === attempt.current) return ask(asked);
      setConnection({ phase: "ended", failure: answer });
      return router.refresh();
    }
    const { socketPath } = answer.data;
    if (socketPath !== null)
      setConnection({ phase: "connecting", socketPath, attempt: own, mode: mode.current });
  }

  function confirmConnected() {
    retries.current = 0;
    setConnection((now) => (now.phase === "connecting" ? { ...now, phase: "connected" } : now));
    // Who else was connected has just changed.
    router.refresh();
  }

  function endWith(close: SocketClose) {
    const ending = (close === null ? null : endingOfCloseCode(close.code)) ?? "lost";
    const wait = passing.includes(ending) ? waitBefore(retries.current, close) : undefined;
    if (wait === undefined) {
      setConnection({ phase: "ended", ending });
      router.refresh();
      return;
    }
    retries.current += 1;
    setConnection({ phase: "reconnecting" });
    timer.current = setTimeout(() => void ask({ mode: mode.current, phase: "reconnecting" }), wait);
  }

  function leave(next: Connection) {
    clearTimeout(timer.current);
    attempt.current += 1;
    setConnection(next);
  }

  return {
    connection,
    connect: (asked: AskedMode = "control") => ask({ mode: asked, phase: "asking" }),
    confirmConnected,
    endWith,
    disconnect: () => leave({ phase: "ended", ending: "closed" }),
    reset: () => leave({ phase: "idle" }),
  };
}

export type ConsoleConnection = ReturnType<typeof useConsoleConnection>;

function lostConnection(): ActionFailure {
  return { ok: false, code: "CONNECTION_LOST" };
}

/** A process that stops says when to come back, so that not all come at once. */
function waitBefore(retry: number, close: SocketClose): number | undefined {
  const usual = retryMs[retry];
  if (usual === undefined || close === null) return usual;
  return Math.max(usual, reconnectDelayOf(close.reason) ?? 0);
}
