import { shutdownReason, type ConsoleEnding } from "@/lib/console/rules";

/** Pages come back spread over this time, to a process that has started again or to another one. */
const reconnectMinMs = 500;
const reconnectSpreadMs = 4_000;

/** What the goodbye says beside its code. */
export function closeReason(ending: ConsoleEnding): string {
  if (ending !== "shutdown") return ending;
  return shutdownReason(Math.round(reconnectMinMs + Math.random() * reconnectSpreadMs));
}
