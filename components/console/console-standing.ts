import type { ConsoleType } from "@/lib/console/rules";
import type { ConsoleAccess, OpenSession } from "@/lib/console/schema";

export type Standing = "ready" | "recorded" | "not-running" | "ask" | "waiting" | "occupied";

const openStates = ["PENDING", "APPROVED", "EXECUTING"];

/** What stands between the person and the machine. */
export function standingOf(access: ConsoleAccess, consoleType: ConsoleType): Standing {
  if (access.vmStatus !== "RUNNING") return "not-running";
  if (access.requiresApproval && access.grant === null) {
    return access.request !== null && openStates.includes(access.request.status) ? "waiting" : "ask";
  }
  if (controllerOf(access, consoleType) !== null) return "occupied";
  // Whoever is recorded is told first and connects by their own hand.
  return access.recording[consoleType] ? "recorded" : "ready";
}

/** Who else has the keys; one's own session in another window gives way without a question. */
export function controllerOf({ sessions }: ConsoleAccess, consoleType: ConsoleType): OpenSession | null {
  const isOther = (session: OpenSession) => !session.isOwn && session.mode === "control";
  return sessions.find((session) => session.consoleType === consoleType && isOther(session)) ?? null;
}

export function watchersOf({ sessions }: ConsoleAccess, consoleType: ConsoleType): OpenSession[] {
  return sessions.filter(
    ({ consoleType: type, mode, isOwn }) => type === consoleType && mode === "watch" && !isOwn,
  );
}
