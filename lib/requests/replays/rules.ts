import {
  choosePolicy,
  differs,
  type KnownQuestion,
  type PolicyDecision,
  type PolicyRow,
} from "../policies/rules";
import type { ReplayGroup } from "./schema";

/** A request as it was asked, with the roles that its requester had then as far as anybody can tell. */
export interface PastRequest extends KnownQuestion {
  ticketId: string;
  systemName: string;
  resourceName: string | null;
  requesterName: string;
  askedAt: Date;
  recordedEffect: "run" | "ask" | null;
  recordedPolicy: string | null;
  /** A role was taken away or changed since, so today's bindings do not tell what was held. */
  rolesChanged: boolean;
  /** Of the size that was asked for. */
  costClass: string | null;
}

export interface RuleSets {
  now: readonly PolicyRow[];
  then: readonly PolicyRow[];
}

export interface Difference {
  request: PastRequest;
  now: PolicyDecision;
  then: PolicyDecision;
  /** A rule looks at roles, and this requester's are not known for sure. */
  rolesUncertain: boolean;
}

/** The same choice as at submission, twice: by the rules as they are and as they would be. */
export function compareRequests(requests: readonly PastRequest[], { now, then }: RuleSets): Difference[] {
  const looksAtRoles = [...now, ...then].some(({ requesterRole }) => requesterRole !== null);
  return requests
    .map((request) => ({
      request,
      now: choosePolicy(now, request),
      then: choosePolicy(then, request),
      rolesUncertain: looksAtRoles && request.rolesChanged,
    }))
    .filter((compared) => differs(compared.now, compared.then));
}

/** Differences of one kind counted together, the most frequent first. */
export function groupDifferences(differences: readonly Difference[]): ReplayGroup[] {
  const groups = new Map<string, ReplayGroup & { asked: Set<string> }>();
  for (const { request, now, then } of differences) {
    const kind = {
      operation: request.operation,
      ...{ nowEffect: now.effect, nowPolicy: now.policyName },
      ...{ thenEffect: then.effect, thenPolicy: then.policyName },
    };
    const key = JSON.stringify(Object.values(kind));
    const group = groups.get(key) ?? { ...kind, requests: 0, people: 0, asked: new Set<string>() };
    group.asked.add(request.requesterId);
    groups.set(key, { ...group, requests: group.requests + 1, people: group.asked.size });
  }
  return [...groups.values()]
    .map(({ asked: _, ...group }) => group)
    .toSorted((a, b) => b.requests - a.requests);
}
