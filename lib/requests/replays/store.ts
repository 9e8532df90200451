import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { applyChanges, policyEffects, type PolicyRow } from "../policies/rules";
import { listActiveRules, ruleColumns, type StoredRule } from "../policies/store";
import type { PastRequest, RuleSets } from "./rules";
import type { ReplayChange } from "./schema";

export interface Span {
  since: Date;
  until: Date;
}

/** A role at System and ticket that stood when the request was asked. */
const rolesThen = Prisma.sql`ARRAY(
  SELECT b.role_id FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
  WHERE b.user_id = k.requester_id AND b.created_at <= k.created_at
    AND (b.expires_at IS NULL OR b.expires_at > k.created_at)
    AND (b.scope_id IS NULL OR b.scope_id = k.system_id) AND k.environment = ANY(b.allowed_environments)
  UNION SELECT m.role FROM resource_role_bindings m
  WHERE m.user_id = k.requester_id AND m.created_at <= k.created_at
    AND (m.expires_at IS NULL OR m.expires_at > k.created_at)
    AND m.resource_type = 'system' AND m.resource_id = k.system_id)`;

/** What the record tells of roles that were taken away or changed after the request. */
const rolesChanged = Prisma.sql`EXISTS (
  SELECT FROM audit_logs a WHERE a.created_at > k.created_at AND a.outcome = 'success' AND (
    (a.resource_type = 'user' AND a.resource_id = k.requester_id
      AND (a.action = 'role.revoke' OR (a.action = 'role.assign' AND a.details ? 'before')))
    OR (a.resource_type = 'system' AND a.resource_id = k.system_id AND (
      (a.action IN ('member.update', 'member.remove') AND a.details ->> 'userId' = k.requester_id)
      OR (a.action = 'member.transfer' AND k.requester_id IN (a.details ->> 'fromUserId', a.details ->> 'toUserId'))))))`;

// A role on a System is nobody's rule to grant; in an emergency, and where the platform itself decides, no rule is asked.
const isGoverned = Prisma.sql`(k.operation_type <> 'ACCESS' AND k.environment IS NOT NULL AND k.emergency_id IS NULL
  AND (k.policy_id IS NOT NULL OR k.policy_effect IS DISTINCT FROM 'run'))`;

/** The next requests of a time, oldest first, each as the question that was asked of the rules. */
export function listPastRequests(
  tx: Tx,
  { since, until, afterId, limit }: Span & { afterId: string | null; limit: number },
): Promise<PastRequest[]> {
  return tx.$queryRaw<PastRequest[]>`
    SELECT ${questionColumns} FROM approval_tickets k JOIN environments e ON e.name = k.environment
    WHERE k.created_at >= ${since} AND k.created_at < ${until} AND ${isGoverned}
      AND k.id > ${afterId ?? earliestId(since)}
    ORDER BY k.id LIMIT ${limit}`;
}

const dayMs = 86_400_000;

/** Ids ascend with time, so the first page begins in the index where the time does; clocks may differ by less than a day. */
function earliestId(since: Date): string {
  const time = Math.max(0, since.getTime() - dayMs)
    .toString(16)
    .padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}`;
}

/** The newest requests of a time. */
export function listNewestRequests(
  tx: Tx,
  { since, until, limit }: Span & { limit: number },
): Promise<PastRequest[]> {
  return tx.$queryRaw<PastRequest[]>`
    SELECT ${questionColumns} FROM approval_tickets k JOIN environments e ON e.name = k.environment
    WHERE k.created_at >= ${since} AND k.created_at < ${until} AND ${isGoverned}
    ORDER BY k.created_at DESC, k.id DESC LIMIT ${limit}`;
}

const questionColumns = Prisma.sql`k.id AS "ticketId", k.operation, k.environment, e.class AS "environmentClass",
  k.system_id AS "systemId", k.system_name AS "systemName", k.resource_name AS "resourceName",
  k.requester_id AS "requesterId", k.requester_name AS "requesterName", k.created_at AS "askedAt", k.demand,
  (SELECT z.cost_class FROM instance_sizes z WHERE z.id = k.instance_size_id) AS "costClass",
  k.policy_effect AS "recordedEffect", k.policy_name AS "recordedPolicy", ${rolesThen} AS "requesterRoles",
  ${rolesChanged} AS "rolesChanged"`;

export async function countPastRequests(tx: Tx, { since, until }: Span): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM approval_tickets k JOIN environments e ON e.name = k.environment
    WHERE k.created_at >= ${since} AND k.created_at < ${until} AND ${isGoverned}`;
  return row?.count ?? 0;
}

/** @throws RESOURCE_NOT_FOUND for a rule that is gone */
export async function settleRuleSets(
  tx: Tx,
  { put, leaveOut }: { put: readonly string[]; leaveOut: readonly string[] },
): Promise<RuleSets & { changes: ReplayChange[] }> {
  const [now, named] = [await listActiveRules(tx), await listRules(tx, [...put, ...leaveOut])];
  const ruleOf = (id: string) => {
    const rule = named.find((row) => row.id === id);
    if (rule === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "approval_policy" });
    return rule;
  };
  const drafts = put.map(ruleOf);
  const changes = [
    ...drafts.map((rule) => changeOf(rule, rule.replacesId === null ? "put" : "replace")),
    ...leaveOut.map((id) => changeOf(ruleOf(id), "leave_out")),
  ];
  return { now, then: applyChanges(now, { put: drafts, leaveOut }), changes };
}

function listRules(tx: Tx, ids: readonly string[]): Promise<StoredRule[]> {
  return tx.$queryRaw<StoredRule[]>`
    SELECT ${ruleColumns(Prisma.sql`p`)} FROM approval_policies p WHERE p.id = ANY(${[...ids]})`;
}

function changeOf({ id, name, effect }: PolicyRow, kind: ReplayChange["kind"]): ReplayChange {
  return { kind, id, name, effect };
}

const frozenRule = z.object({
  ...{ id: z.string(), name: z.string(), effect: z.enum(policyEffects), priority: z.number() },
  ...{ operation: z.string(), environment: z.string(), environmentName: z.string().nullable() },
  ...{ systemId: z.string().nullable(), requesterRole: z.string().nullable() },
  ...{ minCpuCores: z.number().nullable(), minMemoryGi: z.number().nullable() },
  ...{ minDiskGb: z.number().nullable(), requiresGpu: z.boolean().nullable() },
  workflowId: z.string().nullable(),
});
const frozenRules = z.array(frozenRule);

export const freezeRules = (rules: readonly PolicyRow[]): PolicyRow[] => frozenRules.parse(rules);

interface LockedReplay extends Span {
  id: string;
  state: string;
  lastTicketId: string | null;
  rules: RuleSets;
}

/** Null where it was deleted meanwhile. */
export async function lockReplay(tx: Tx, replayId: string): Promise<LockedReplay | null> {
  await tx.$queryRaw`SELECT 1 FROM policy_replays WHERE id = ${replayId} FOR UPDATE`;
  const row = await tx.policyReplay.findUnique({ where: { id: replayId } });
  if (row === null) return null;
  const rules = { now: frozenRules.parse(row.rulesNow), then: frozenRules.parse(row.rulesThen) };
  const { id, state, since, until, lastTicketId } = row;
  return { id, state, since, until, lastTicketId, rules };
}
