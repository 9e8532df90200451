import { authorize } from "@/lib/access/authorize";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { Tx } from "@/lib/core/transaction";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import type { BatchLimits, LimitUsage } from "../schema";
import type { LimitedPerson, LimitStatus } from "./schema";

const parentsOfAll = settingDefinitions["batch.pending_parents_global"].default;
const parents = settingDefinitions["batch.pending_parents_per_user"].default;
const children = settingDefinitions["batch.pending_children_per_user"].default;
const cooldown = settingDefinitions["batch.cooldown_seconds"].default;

/** What binds this person now: an exemption that has not run out, else their own numbers, else everybody's. */
export async function readLimits(tx: Tx, ctx: Context): Promise<BatchLimits> {
  const userId = actorId(ctx.actor);
  const rows = await tx.$queryRaw<BatchLimits[]>`
    SELECT setting_or('batch.pending_parents_global', ${parentsOfAll}) AS "openBatchesOfAllMax",
      coalesce(o.max_pending_parents, setting_or('batch.pending_parents_per_user', ${parents})) AS "openBatchesMax",
      coalesce(o.max_pending_children, setting_or('batch.pending_children_per_user', ${children}))
        AS "waitingChildrenMax",
      coalesce(o.cooldown_seconds, setting_or('batch.cooldown_seconds', ${cooldown})) AS "cooldownSeconds",
      EXISTS (SELECT 1 FROM rate_limit_exemptions x WHERE x.user_id = ${userId} AND x.expires_at > now())
        AS "isExempt"
    FROM (SELECT 1) one LEFT JOIN rate_limit_user_overrides o ON o.user_id = ${userId}`;
  const [limits] = rows;
  if (limits === undefined) throw new Error("one row was selected");
  return limits;
}

/** Decisions taken together are no submissions: they neither count nor cool down. */
export async function readUsage(tx: Tx, ctx: Context): Promise<LimitUsage> {
  const userId = actorId(ctx.actor);
  const rows = await tx.$queryRaw<LimitUsage[]>`
    SELECT (SELECT count(*)::int FROM batch_approval_tickets WHERE finished_at IS NULL AND operation <> 'APPROVE')
        AS "openBatchesOfAll",
      (SELECT count(*)::int FROM batch_approval_tickets
        WHERE created_by = ${userId} AND finished_at IS NULL AND operation <> 'APPROVE') AS "openBatches",
      (SELECT count(*)::int FROM batch_approval_tickets b JOIN approval_tickets k ON k.batch_id = b.id
        WHERE b.created_by = ${userId} AND b.finished_at IS NULL AND k.status = 'PENDING') AS "waitingChildren",
      (SELECT extract(epoch FROM now() - max(created_at))::float8 FROM batch_approval_tickets
        WHERE created_by = ${userId} AND operation <> 'APPROVE') AS "secondsSinceLast"`;
  const [usage] = rows;
  if (usage === undefined) throw new Error("one row was selected");
  return usage;
}

/** Everybody's limits, and each person who uses them up or of whom something else was said. */
export async function readLimitStatus(ctx: Context): Promise<LimitStatus> {
  await authorize(db(), ctx, "rate_limit:manage");
  const [totals, people] = await Promise.all([readTotals(), listLimitedPeople()]);
  const { openBatches, openBatchesMax, ...perUser } = totals;
  return {
    global: { openBatches, openBatchesMax },
    perUser: {
      openBatchesMax: perUser.userMax,
      waitingChildrenMax: perUser.childrenMax,
      cooldownSeconds: perUser.cooldownSeconds,
    },
    people,
  };
}

interface Totals {
  openBatches: number;
  openBatchesMax: number;
  userMax: number;
  childrenMax: number;
  cooldownSeconds: number;
}

async function readTotals(): Promise<Totals> {
  const rows = await db().$queryRaw<Totals[]>`
    SELECT (SELECT count(*)::int FROM batch_approval_tickets WHERE finished_at IS NULL AND operation <> 'APPROVE')
        AS "openBatches",
      setting_or('batch.pending_parents_global', ${parentsOfAll}) AS "openBatchesMax",
      setting_or('batch.pending_parents_per_user', ${parents}) AS "userMax",
      setting_or('batch.pending_children_per_user', ${children}) AS "childrenMax",
      setting_or('batch.cooldown_seconds', ${cooldown}) AS "cooldownSeconds"`;
  const [totals] = rows;
  if (totals === undefined) throw new Error("one row was selected");
  return totals;
}

function listLimitedPeople(): Promise<LimitedPerson[]> {
  return db().$queryRaw<LimitedPerson[]>`
    WITH used AS (
      SELECT created_by AS user_id, count(*) FILTER (WHERE finished_at IS NULL)::int AS open, max(created_at) AS last
      FROM batch_approval_tickets
      WHERE operation <> 'APPROVE' AND (finished_at IS NULL OR created_at > now() - interval '1 hour') GROUP BY 1),
    known AS (SELECT user_id FROM used UNION SELECT user_id FROM rate_limit_user_overrides
      UNION SELECT user_id FROM rate_limit_exemptions WHERE expires_at > now())
    SELECT u.id AS "userId", u.username, u.display_name AS "displayName", coalesce(d.open, 0) AS "openBatches",
      (SELECT count(*)::int FROM batch_approval_tickets b JOIN approval_tickets k ON k.batch_id = b.id
        WHERE b.created_by = u.id AND b.finished_at IS NULL AND k.status = 'PENDING') AS "waitingChildren",
      greatest(0, ceil(coalesce(o.cooldown_seconds, setting_or('batch.cooldown_seconds', ${cooldown}))
        - coalesce(extract(epoch FROM now() - d.last), 1e9)))::int AS "cooldownRemainingSeconds",
      CASE WHEN x.user_id IS NOT NULL THEN jsonb_build_object('reason', x.reason, 'expiresAt', x.expires_at,
        'exemptedByName', x.exempted_by_name, 'createdAt', x.created_at) END AS exemption,
      CASE WHEN o.user_id IS NOT NULL THEN jsonb_build_object('maxPendingParents', o.max_pending_parents,
        'maxPendingChildren', o.max_pending_children, 'cooldownSeconds', o.cooldown_seconds, 'reason', o.reason,
        'setByName', o.set_by_name, 'updatedAt', o.updated_at) END AS override
    FROM known n JOIN users u ON u.id = n.user_id LEFT JOIN used d ON d.user_id = n.user_id
    LEFT JOIN rate_limit_user_overrides o ON o.user_id = n.user_id
    LEFT JOIN rate_limit_exemptions x ON x.user_id = n.user_id AND x.expires_at > now()
    ORDER BY u.username LIMIT 200`.then((rows) => rows.map(withDates));
}

/** What stands in JSON brings its times as text. */
function withDates(row: LimitedPerson): LimitedPerson {
  const { exemption, override } = row;
  return {
    ...row,
    exemption: exemption && {
      ...exemption,
      expiresAt: new Date(exemption.expiresAt),
      createdAt: new Date(exemption.createdAt),
    },
    override: override && { ...override, updatedAt: new Date(override.updatedAt) },
  };
}
