import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { capacityOutlook } from "../quotas/queries";
import type { CapacityOutlook } from "../quotas/schema";
import { readDesk, type Desk } from "../queries";
import type { RequesterFacts } from "./schema";

export interface Cockpit extends Desk {
  requester: RequesterFacts;
  /** By cluster: its room now, and if all that waits besides this landed there. */
  outlook: Record<string, CapacityOutlook>;
}

/** The desk with what else one looks at before deciding. */
export async function readCockpit(ctx: Context, ticketId: string): Promise<Cockpit> {
  const desk = await readDesk(ctx, ticketId);
  const clusterIds = desk.candidates.map(({ clusterId }) => clusterId);
  const [requester, outlook] = await Promise.all([
    readRequesterFacts(desk.request),
    capacityOutlook(db(), { clusterIds, exceptTicketId: ticketId }),
  ]);
  return { ...desk, requester, outlook };
}

/** Counted on the System the request is about, where the approver has a say. */
async function readRequesterFacts({ requesterId, systemId }: Desk["request"]): Promise<RequesterFacts> {
  const rows = await db().$queryRaw<RequesterFacts[]>`
    SELECT coalesce((SELECT u.username FROM users u WHERE u.id = ${requesterId}), ${requesterId}) AS username,
      (SELECT m.role FROM resource_role_bindings m WHERE m.user_id = ${requesterId} AND m.resource_type = 'system'
        AND m.resource_id = ${systemId} AND (m.expires_at IS NULL OR m.expires_at > now()) LIMIT 1) AS role,
      (SELECT count(*)::int FROM vms v JOIN services s ON s.id = v.service_id
        WHERE v.created_by = ${requesterId} AND s.system_id = ${systemId}) AS machines,
      count(*) FILTER (WHERE k.approved_at IS NOT NULL)::int AS approved,
      count(*) FILTER (WHERE k.rejected_at IS NOT NULL)::int AS rejected,
      count(*) FILTER (WHERE k.status = 'PENDING')::int AS waiting
    FROM approval_tickets k WHERE k.requester_id = ${requesterId} AND k.system_id = ${systemId}`;
  return rows[0] ?? { username: requesterId, role: null, machines: 0, approved: 0, rejected: 0, waiting: 0 };
}
