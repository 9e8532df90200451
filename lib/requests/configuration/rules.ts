import { wishedFacts } from "@/lib/vms/modification/rules";
import { isSame, type ModificationWish, type PlanRow, type Settings } from "@/lib/vms/modification/schema";
import type { ConfigurationRow } from "./schema";

/** A change that was asked for and not refused, newest first. */
export interface ChangeFacts {
  ticketId: string;
  status: "PENDING" | "APPROVED" | "EXECUTING" | "SUCCESS";
  heldUntil: Date | null;
  asked: ModificationWish | null;
  decided: ModificationWish | null;
  /** What was sent to the cluster, field by field. */
  applied: PlanRow[];
  appliedAt: Date | null;
}

interface ConfigurationFacts {
  /** Of the request that made the machine. */
  firstAsked: Settings;
  approved: Settings;
  live: Settings;
  changes: readonly ChangeFacts[];
  restartRequired: boolean;
  /** Since when the machine is in its state; null while it does not run. */
  runningSince: Date | null;
}

/** Every setting of a machine, and of each what is to come. */
export function rowsOf(facts: ConfigurationFacts): ConfigurationRow[] {
  const asked = lastAsked(facts);
  const pending = pendingOf(facts.changes);
  const effects = effectsOf(facts);
  const paths = [...new Set([...Object.keys(facts.approved), ...pending.keys()])];
  return paths.map((path) => {
    const approved = facts.approved[path] ?? null;
    const isRead = Object.hasOwn(facts.live, path);
    const live = facts.live[path] ?? null;
    return {
      path,
      asked: asked[path] ?? null,
      isAsked: Object.hasOwn(asked, path),
      approved,
      live,
      isRead,
      isDrifted: isRead && live !== null && Object.hasOwn(facts.approved, path) && !isSame(approved, live),
      pending: pending.get(path) ?? null,
      effect: effects.get(path) ?? null,
    };
  });
}

function lastAsked({ firstAsked, changes }: ConfigurationFacts): Settings {
  const done = changes.filter(({ status }) => status === "SUCCESS").toReversed();
  return done.reduce<Settings>(
    (all, { asked }) => ({ ...all, ...(asked === null ? {} : wishedFacts(asked)) }),
    firstAsked,
  );
}

const states = { PENDING: "waiting", APPROVED: "running", EXECUTING: "running" } as const;

function pendingOf(changes: readonly ChangeFacts[]): Map<string, ConfigurationRow["pending"]> {
  const found = new Map<string, ConfigurationRow["pending"]>();
  for (const { status, heldUntil, ticketId, decided, asked } of changes) {
    if (status === "SUCCESS") continue;
    const state = status === "APPROVED" && heldUntil !== null ? "held" : states[status];
    const wish = decided ?? asked;
    for (const [path, value] of Object.entries(wish === null ? {} : wishedFacts(wish)))
      if (!found.has(path)) found.set(path, { value, ticketId, state, heldUntil });
  }
  return found;
}

/** What waits for a restart is what was sent since the machine last started, and all of it where that is not known. */
function effectsOf(facts: ConfigurationFacts): Map<string, "live" | "needs_restart"> {
  const done = facts.changes.filter(({ status }) => status === "SUCCESS");
  const { runningSince } = facts;
  const recent = done.filter(
    ({ appliedAt }) => runningSince !== null && appliedAt !== null && appliedAt >= runningSince,
  );
  const waits = (change: ChangeFacts) => change.applied.some(({ verdict }) => verdict === "restart");
  const counted = recent.some(waits) ? recent : done;
  const effects = new Map<string, "live" | "needs_restart">();
  for (const change of facts.restartRequired ? counted : [])
    for (const { field, verdict } of change.applied)
      if (verdict === "restart" && !effects.has(field)) effects.set(field, "needs_restart");
  for (const { applied } of recent)
    for (const { field, verdict } of applied)
      if (verdict === "live" && !effects.has(field)) effects.set(field, "live");
  return effects;
}
