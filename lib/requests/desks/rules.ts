import type { DeskMeaning, DeskType } from "@/lib/vocabulary/approval-desks";
import type { Route, StatusMapping } from "./schema";

/** What of a request says which desk takes it. */
export interface Routable {
  operation: string;
  environment: string | null;
  systemId: string;
  demand: { cpuCores: number; memoryGi: number; diskGb: number } | null;
}

/** One that fits is enough; none at all takes everything but roles on a System, which its keepers decide. */
export function takesRequest(routes: readonly Route[], asked: Routable): boolean {
  if (routes.length === 0) return asked.operation !== "SYSTEM_ACCESS";
  return routes.some((route) => fits(route, asked));
}

function fits(route: Route, asked: Routable): boolean {
  const operationFits =
    route.operations.length === 0
      ? asked.operation !== "SYSTEM_ACCESS"
      : route.operations.some((one) => one === asked.operation);
  return (
    operationFits &&
    (route.environments.length === 0 ||
      (asked.environment !== null && route.environments.includes(asked.environment))) &&
    (route.systemIds.length === 0 || route.systemIds.includes(asked.systemId)) &&
    reaches(route.minCpuCores, asked.demand?.cpuCores) &&
    reaches(route.minMemoryGi, asked.demand?.memoryGi) &&
    reaches(route.minDiskGb, asked.demand?.diskGb)
  );
}

function reaches(minimum: number | null, size: number | undefined): boolean {
  return minimum === null || (size ?? 0) >= minimum;
}

/** The first in order that takes the request and has not had it. */
export function chooseDesk<One extends { id: string; routes: readonly Route[] }>(
  desksInOrder: readonly One[],
  asked: Routable,
  triedIds: readonly string[],
): One | null {
  return desksInOrder.find((desk) => !triedIds.includes(desk.id) && takesRequest(desk.routes, asked)) ?? null;
}

/** 2, 4, 8 … seconds; null when it was tried often enough. */
export function retryDelaySeconds(
  { retryCount, retryBackoffSeconds }: { retryCount: number; retryBackoffSeconds: number },
  attemptsMade: number,
): number | null {
  return attemptsMade > retryCount ? null : retryBackoffSeconds * 2 ** (attemptsMade - 1);
}

const slowestPollSeconds = 900;

/** A desk that cannot be asked is asked more and more seldom. */
export function pollDelaySeconds(pollSeconds: number, failures: number): number {
  return Math.max(pollSeconds, Math.min(slowestPollSeconds, pollSeconds * 2 ** Math.min(failures, 10)));
}

const usualMeanings: Record<DeskType, Record<string, DeskMeaning>> = {
  webhook: { pending: "pending", approved: "approved", rejected: "rejected", cancelled: "cancelled" },
  servicenow: {
    "not requested": "pending",
    requested: "pending",
    approved: "approved",
    rejected: "rejected",
    cancelled: "cancelled",
  },
  jira: {
    approved: "approved",
    declined: "rejected",
    rejected: "rejected",
    cancelled: "cancelled",
    canceled: "cancelled",
  },
};

/** The administrator's word first, then the usual ones; whatever nobody mapped decides nothing. */
export function meaningOf(type: DeskType, mapping: StatusMapping, word: string): DeskMeaning {
  const key = word.trim().toLowerCase();
  const mapped = Object.hasOwn(mapping, key) ? mapping[key] : undefined;
  const usual = Object.hasOwn(usualMeanings[type], key) ? usualMeanings[type][key] : undefined;
  return mapped ?? usual ?? "pending";
}

export function usualMapping(type: DeskType): Record<string, DeskMeaning> {
  return usualMeanings[type];
}

interface KnownPerson {
  username: string;
  email: string | null;
  externalId: string | null;
}

/** Whoever asked decides at no desk either: by user name, address or the name another server knows them under. */
export function isSamePerson(person: KnownPerson, names: readonly string[]): boolean {
  const known = [person.username, person.email, person.externalId]
    .filter((one) => one !== null)
    .map(normalName);
  const domain = person.email === null ? null : normalName(person.email).split("@")[1];
  return names.map(normalName).some((name) => {
    if (known.includes(name)) return true;
    const [local, at] = name.split("@");
    return local === normalName(person.username) && at !== undefined && at === domain;
  });
}

function normalName(name: string): string {
  return name.normalize("NFKC").trim().toLowerCase();
}

/** A secret goes only where it was given for. */
export function secretDestination(address: string): string {
  return URL.parse(address)?.origin ?? address;
}
