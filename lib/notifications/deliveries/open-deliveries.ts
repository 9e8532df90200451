import { Prisma } from "@/prisma/generated/client";
import { enqueue } from "@/lib/core/jobs";
import type { Tx } from "@/lib/core/transaction";
import type { NotificationKind } from "@/lib/vocabulary/notification-kinds";
import type { NoticeParams } from "../labels";
import { usualMail } from "../rules";
import { startDeliveriesJob } from "./jobs";

export interface ToldNotice {
  kind: NotificationKind;
  params: NoticeParams;
  ticketId?: string | undefined;
  resource?: { type: string; id: string } | undefined;
}

/**
 * A step: what leaves the portal besides the inbox rows just written. Each person gets their mail as they chose, each
 * channel hears of one change once however many inboxes it reached.
 */
export async function openDeliveries(
  tx: Tx,
  notificationIds: readonly string[],
  notice: ToldNotice,
): Promise<void> {
  const opened = await tx.$queryRaw<{ id: string }[]>`
    WITH place AS (${placeOf(notice)}), mails AS (${mailsOf(notificationIds, notice)}),
      posts AS (${postsOf(notice)})
    SELECT id FROM mails UNION ALL SELECT id FROM posts`;
  if (opened.length === 0) return;
  const deliveryIds = opened.map(({ id }) => id);
  for (let start = 0; start < deliveryIds.length; start += 1_000) {
    await enqueue(tx, startDeliveriesJob, { deliveryIds: deliveryIds.slice(start, start + 1_000) });
  }
}

// Which System and environment it is about, for the channels' filters: the request says it, or else the machine.
function placeOf({ ticketId, resource }: ToldNotice): Prisma.Sql {
  const vmId = resource?.type === "vm" ? resource.id : null;
  const systemId = resource?.type === "system" ? resource.id : null;
  return Prisma.sql`
    SELECT coalesce(t.system_id, s.system_id, ${systemId}) AS system_id,
      coalesce(t.environment, n.environment) AS environment
    FROM (SELECT 1) one
    LEFT JOIN approval_tickets t ON t.id = ${ticketId ?? null}
    LEFT JOIN vms v ON v.id = ${vmId} LEFT JOIN services s ON s.id = v.service_id
    LEFT JOIN namespaces n ON n.name = v.namespace`;
}

function mailsOf(notificationIds: readonly string[], notice: ToldNotice): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO notice_deliveries (id, notification_id, medium, recipient_id, type, params, ticket_id,
      resource_type, resource_id, system_id, environment)
    SELECT gen_random_uuid()::text, n.id, 'mail', n.recipient_id, n.type, n.params, n.related_ticket_id,
      n.resource_type, n.resource_id, place.system_id, place.environment
    FROM notifications n CROSS JOIN place JOIN mail_servers m ON m.enabled
    JOIN users u ON u.id = n.recipient_id AND u.enabled AND u.email IS NOT NULL
    LEFT JOIN notice_preferences p ON p.user_id = u.id
    WHERE n.id = ANY(${[...notificationIds]}) AND coalesce(p.mail ->> n.type, ${usualMail[notice.kind]}) = 'now'
    RETURNING id`;
}

function postsOf({ kind, params, ticketId, resource }: ToldNotice): Prisma.Sql {
  const facts = JSON.stringify(params);
  const ticket = ticketId ?? null;
  const resourceId = resource?.id ?? null;
  // The time of a row is its transaction's, which tells one change from the next that says the same.
  return Prisma.sql`
    INSERT INTO notice_deliveries (id, medium, channel_id, type, params, ticket_id, resource_type, resource_id,
      system_id, environment)
    SELECT gen_random_uuid()::text, c.medium, c.id, ${kind}, ${facts}::jsonb, ${ticket}, ${resource?.type ?? null},
      ${resourceId}, place.system_id, place.environment
    FROM notice_channels c CROSS JOIN place
    WHERE c.enabled AND (c.kinds = '{}' OR ${kind} = ANY(c.kinds))
      AND (c.environments = '{}' OR place.environment = ANY(c.environments))
      AND (c.system_ids = '{}' OR place.system_id = ANY(c.system_ids))
      AND NOT EXISTS (SELECT FROM notice_deliveries d WHERE d.channel_id = c.id
        AND d.created_at = now()::timestamptz(3) AND d.type = ${kind} AND d.params = ${facts}::jsonb
        AND d.ticket_id IS NOT DISTINCT FROM ${ticket} AND d.resource_id IS NOT DISTINCT FROM ${resourceId})
    RETURNING id`;
}
