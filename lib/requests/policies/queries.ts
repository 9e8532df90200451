import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { readCursor, toPage, type Page } from "@/lib/core/paging";
import type { Tx } from "@/lib/core/transaction";
import { choosePolicy, type PolicyDecision, type PolicyQuestion } from "./rules";
import type { PolicyFilter, PolicyListRow, PolicyOptions, ShadowFilter, ShadowRow } from "./schema";
import { rolesHeld, ruleColumns, seedAuthor, type StoredRule } from "./store";

/** A step: which rule answers "run now", "ask" or "no"; one statement, and roles are read only where a rule asks. */
export async function decideByPolicy(tx: Tx, question: PolicyQuestion): Promise<PolicyDecision> {
  const rows = await tx.$queryRaw<(StoredRule & { roles: string[] | null })[]>`
    SELECT ${ruleColumns(Prisma.sql`p`)},
      CASE WHEN p.requester_role IS NOT NULL THEN ${rolesHeld(question)} END AS roles
    FROM approval_policies p
    WHERE p.state = 'active' AND p.operation IN ('ALL', ${question.operation})`;
  const requesterRoles = rows.find(({ roles }) => roles !== null)?.roles ?? [];
  return choosePolicy(rows, { ...question, requesterRoles });
}

const rulesMax = 1_000;

const listed = Prisma.sql`${ruleColumns(Prisma.sql`p`)}, p.description, p.created_by = ${seedAuthor} AS "isDefault",
  s.name AS "systemName", r.display_name AS "roleName", w.name AS "workflowName",
  (SELECT count(*)::int FROM policy_shadow_decisions d
    WHERE p.state = 'shadow' AND d.policy_id = p.id AND d.policy_revision = p.revision) AS differences,
  coalesce(u.display_name, p.updated_by) AS "updatedByName", p.updated_at AS "updatedAt"`;
const joined = Prisma.sql`approval_policies p LEFT JOIN systems s ON s.id = p.system_id
  LEFT JOIN roles r ON r.id = p.requester_role LEFT JOIN approval_workflows w ON w.id = p.workflow_id
  LEFT JOIN users u ON u.id = p.updated_by`;

/** Every rule, in the order in which the rules of an operation speak. */
export async function listPolicies(ctx: Context, filter: PolicyFilter): Promise<PolicyListRow[]> {
  await authorize(db(), ctx, "platform:admin");
  const { operation, state } = filter;
  return db().$queryRaw<PolicyListRow[]>`
    SELECT ${listed} FROM ${joined}
    WHERE (${operation ?? null}::text IS NULL OR p.operation = ${operation ?? null})
      AND (${state ?? null}::text IS NULL OR p.state = ${state ?? null})
    ORDER BY p.operation, p.effect = 'deny' DESC, p.priority, p.name, p.id LIMIT ${rulesMax}`;
}

export async function readPolicy(ctx: Context, policyId: string): Promise<PolicyListRow> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await db().$queryRaw<PolicyListRow[]>`
    SELECT ${listed} FROM ${joined} WHERE p.id = ${policyId}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND", { type: "approval_policy" });
  return rows[0];
}

/** What the watching rules would have said, newest first. */
export async function listShadowDecisions(ctx: Context, filter: ShadowFilter): Promise<Page<ShadowRow>> {
  await authorize(db(), ctx, "platform:admin");
  const after = readCursor(filter.cursor);
  const rows = await db().$queryRaw<ShadowRow[]>`
    SELECT d.id, d.policy_id AS "policyId", p.name AS "policyName", d.ticket_id AS "ticketId", k.operation,
      k.environment, k.system_name AS "systemName", k.resource_name AS "resourceName",
      k.requester_name AS "requesterName", d.actual, d.would, d.created_at AS "createdAt"
    FROM policy_shadow_decisions d JOIN approval_policies p ON p.id = d.policy_id
    JOIN approval_tickets k ON k.id = d.ticket_id
    WHERE (${filter.policyId ?? null}::text IS NULL OR d.policy_id = ${filter.policyId ?? null})
      AND d.policy_revision = p.revision AND p.state = 'shadow'
      AND (${after?.[1] ?? null}::text IS NULL OR d.id < ${after?.[1] ?? null})
    ORDER BY d.id DESC LIMIT ${filter.perPage + 1}`;
  return toPage(rows, filter.perPage, ({ id }) => ["", id]);
}

const choicesMax = 1_000;

/** What a rule may name, in one statement. */
export async function readPolicyOptions(ctx: Context): Promise<PolicyOptions> {
  await authorize(db(), ctx, "platform:admin");
  const rows = await db().$queryRaw<PolicyOptions[]>`
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object(
          'name', name, 'displayName', display_name, 'class', class) ORDER BY sort_order, name), '[]')
        FROM environments) AS environments,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name), '[]')
        FROM (SELECT id, name FROM systems ORDER BY name LIMIT ${choicesMax}) s) AS systems,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', display_name) ORDER BY display_name), '[]')
        FROM roles WHERE enabled) AS roles,
      (SELECT coalesce(jsonb_agg(jsonb_build_object('id', id, 'name', name) ORDER BY name), '[]')
        FROM approval_workflows WHERE enabled) AS workflows`;
  return rows[0] ?? { environments: [], systems: [], roles: [], workflows: [] };
}
