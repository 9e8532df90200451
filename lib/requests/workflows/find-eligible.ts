import { Prisma } from "@/prisma/generated/client";
import type { Tx } from "@/lib/core/transaction";
import type { ApproverRef, Eligibility, EligiblePerson } from "./schema";

const granted = (by: Prisma.Sql, at: Prisma.Sql) => Prisma.sql`NOT (${at} >= k.created_at AND ${isKin(by)})`;
const holds = Prisma.sql`(b.expires_at IS NULL OR b.expires_at > now())
  AND ${granted(Prisma.sql`b.created_by`, Prisma.sql`b.created_at`)}`;
const reaches = Prisma.sql`(b.scope_id IS NULL OR b.scope_id = k.system_id)
  AND (k.environment IS NULL OR k.environment = ANY(b.allowed_environments))`;
const bindings = Prisma.sql`role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled`;
const scope = Prisma.sql`(SELECT y.name FROM systems y WHERE y.id = b.scope_id)`;

/** Who speaks through an account: itself, and for a service account whoever made it or was told a token of it. */
function handsOf(who: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(SELECT ${who}.id
  UNION SELECT ${who}.created_by WHERE ${who}.auth_type = 'service' AND ${who}.created_by IS NOT NULL
  UNION SELECT t.created_by FROM api_tokens t WHERE t.user_id = ${who}.id AND ${who}.auth_type = 'service')`;
}

/** The same person: themselves, or service accounts that one person speaks through. */
export function isKin(userId: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`EXISTS (SELECT 1 FROM users asks JOIN users acts ON acts.id = ${userId}
    WHERE asks.id = k.requester_id AND (acts.id = asks.id OR ('service' IN (acts.auth_type, asks.auth_type)
      AND EXISTS (${handsOf(Prisma.sql`acts`)} INTERSECT ${handsOf(Prisma.sql`asks`)}))))`;
}

/** Where an administrator has relaxed it on record, whoever asks may decide too (spec §0.2). */
export const isRelaxed = Prisma.sql`EXISTS (SELECT 1 FROM environments v WHERE v.name = k.environment AND v.self_approval)`;

/**
 * Whose word counts, by what they are at this moment: correlated to an approver row `a` (kind, ref_id) and a request `k`
 * (system_id, environment, requester_id, created_at). What the requester gave away while it was pending counts for nobody.
 */
export const seats = Prisma.sql`(
  SELECT a.ref_id AS user_id, 'user' AS kind, NULL::text AS through, NULL::text AS role_id, NULL::text AS scope WHERE a.kind = 'user'
  UNION ALL
  SELECT b.user_id, 'role', r.display_name, r.id, ${scope} FROM ${bindings}
    WHERE a.kind = 'role' AND b.role_id = a.ref_id AND ${holds} AND ${reaches}
  UNION ALL
  SELECT m.user_id, a.kind, y.name, NULL, m.role FROM resource_role_bindings m JOIN systems y ON y.id = m.resource_id
    WHERE a.kind IN ('owners', 'keepers') AND m.resource_type = 'system' AND m.resource_id = k.system_id
      AND (m.role = 'owner' OR (a.kind = 'keepers' AND m.role = 'admin'))
      AND (m.expires_at IS NULL OR m.expires_at > now()) AND m.source <> 'emergency'
      AND ${granted(Prisma.sql`m.granted_by`, Prisma.sql`m.created_at`)}
      AND EXISTS (SELECT 1 FROM ${bindings} JOIN role_permissions p ON p.role_id = b.role_id
        WHERE b.user_id = m.user_id AND p.permission IN ('system:read', 'platform:admin') AND ${holds}
          AND (b.scope_id IS NULL OR b.scope_id = k.system_id))
  UNION ALL
  SELECT g.user_id, 'cohort', c.display_name, NULL, NULL FROM external_cohorts c
    JOIN external_cohort_mappings x ON x.provider_id = c.provider_id AND x.kind = c.kind AND x.key = c.key
    JOIN external_cohort_grants g ON g.mapping_id = x.id
    WHERE a.kind = 'cohort' AND c.id = a.ref_id AND ${granted(Prisma.sql`x.created_by`, Prisma.sql`x.created_at`)}
  UNION ALL
  SELECT b.user_id, 'holders', r.display_name, r.id, ${scope} FROM ${bindings} JOIN role_permissions p ON p.role_id = b.role_id
    WHERE a.kind = 'holders' AND p.permission = 'builtin_approval:approve' AND ${holds} AND ${reaches}
  UNION ALL
  SELECT b.user_id, 'administrator', r.display_name, r.id, NULL FROM ${bindings} JOIN role_permissions p ON p.role_id = b.role_id
    WHERE a.kind IN ('holders', 'keepers', 'administrator') AND p.permission = 'platform:admin'
      AND b.scope_id IS NULL AND ${holds}
)`;

/** Stand-ins of `userId` at this moment, for the environment of the request. */
export const standsIn = Prisma.sql`d.ended_at IS NULL AND d.starts_at <= now() AND d.ends_at > now()
  AND (d.environments = '{}' OR k.environment = ANY(d.environments))`;

/** Whom a request is of and where it belongs: by what people are eligible. */
export interface Asking {
  systemId: string;
  environment: string | null;
  requesterId: string;
  /** Null before it is asked. */
  askedAt: Date | null;
}

/** One step as it asks now: whom, and how many seats its mode wants filled. */
export interface AskedStep {
  approvers: readonly ApproverRef[];
  seatsNeeded: number;
}

/** Who may speak in a step, why, and for which seats. */
export interface Speakers {
  people: (EligiblePerson & { seats: Seat[] })[];
  /** Whose words count, whoever says them; administrators who only help out have none that an "all" waits for. */
  seats: string[];
  /** Whether those who are left could still finish it. */
  canFinish: boolean;
}

export interface Seat {
  id: string;
  displayName: string;
}

interface SeatRow {
  step: number;
  isSpare: boolean;
  seatId: string;
  seatName: string;
  userId: string;
  username: string;
  displayName: string;
  kind: Eligibility["kind"];
  through: string | null;
  roleId: string | null;
  scope: string | null;
  until: Date | null;
}

/**
 * A step: for each step who may decide at this moment and why; the requester never, in any guise. Where those who are asked
 * cannot fill the seats, the platform's administrators may.
 */
export async function findEligible(tx: Tx, asking: Asking, steps: readonly AskedStep[]): Promise<Speakers[]> {
  const refs = steps.flatMap(({ approvers }, step) => [
    ...approvers.map(({ kind, refId }) => ({ step, kind: kind as string, ref_id: refId })),
    { step, kind: "administrator", ref_id: null },
  ]);
  const rows = await tx.$queryRaw<SeatRow[]>`
    WITH k AS (SELECT ${asking.systemId}::text AS system_id, ${asking.environment}::text AS environment,
      ${asking.requesterId}::text AS requester_id, coalesce(${asking.askedAt}::timestamptz, now()) AS created_at)
    SELECT a.step, a.kind = 'administrator' AS "isSpare", o.id AS "seatId", o.display_name AS "seatName",
      u.id AS "userId", u.username, u.display_name AS "displayName", x.kind, x.through, x.role_id AS "roleId", x.scope, w.until
    FROM k CROSS JOIN jsonb_to_recordset(${JSON.stringify(refs)}::jsonb) AS a(step int, kind text, ref_id text)
    CROSS JOIN LATERAL ${seats} x JOIN users o ON o.id = x.user_id AND o.enabled
    CROSS JOIN LATERAL (SELECT x.user_id, NULL::timestamptz AS until UNION ALL
      SELECT d.to_user_id, d.ends_at FROM approval_delegations d WHERE d.from_user_id = x.user_id AND ${standsIn}) w
    JOIN users u ON u.id = w.user_id AND u.enabled
    WHERE ${isRelaxed} OR NOT (${isKin(Prisma.sql`o.id`)} OR ${isKin(Prisma.sql`u.id`)})
    ORDER BY a.step, x.kind = 'administrator', u.username, w.until NULLS FIRST LIMIT 10000`;
  return steps.map(({ seatsNeeded }, step) =>
    speakersOf(
      rows.filter((row) => row.step === step),
      seatsNeeded,
    ),
  );
}

function speakersOf(rows: readonly SeatRow[], seatsNeeded: number): Speakers {
  const asked = rows.filter(({ isSpare }) => !isSpare);
  const own = new Set(asked.map(({ seatId }) => seatId));
  const counted = own.size < seatsNeeded ? rows : asked;
  const people = new Map<string, Speakers["people"][number]>();
  for (const row of counted) {
    const { userId: id, username, displayName } = row;
    const person = people.get(id) ?? { id, username, displayName, why: [], seats: [] };
    people.set(id, withSeat(person, row));
  }
  return {
    people: [...people.values()],
    seats: [...own],
    canFinish: new Set(counted.map(({ seatId }) => seatId)).size >= seatsNeeded,
  };
}

function withSeat(person: Speakers["people"][number], row: SeatRow): Speakers["people"][number] {
  const { seatId, seatName, kind, through, roleId, scope, until } = row;
  const standsInFor = seatId === person.id ? null : { id: seatId, displayName: seatName };
  const isKnown = person.seats.some(({ id }) => id === seatId);
  const isTold = person.why.some(
    (one) =>
      one.kind === kind &&
      one.through === through &&
      one.scope === scope &&
      one.standsInFor?.id === standsInFor?.id,
  );
  return {
    ...person,
    why: isTold ? person.why : [...person.why, { kind, through, roleId, scope, standsInFor, until }],
    // One's own seat comes first: whoever has one speaks for themselves.
    seats: isKnown
      ? person.seats
      : standsInFor === null
        ? [{ id: seatId, displayName: seatName }, ...person.seats]
        : [...person.seats, { id: seatId, displayName: seatName }],
  };
}

/** How many seats a step wants filled, at the least. */
export function seatsNeededOf(step: { mode: string; needed: number }, level = 0): number {
  return level === 0 && step.mode === "quorum" ? step.needed : 1;
}
