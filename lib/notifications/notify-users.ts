import type { Prisma } from "@/prisma/generated/client";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { NotificationKind } from "@/lib/vocabulary/notification-kinds";
import type { Permission } from "@/lib/vocabulary/permissions";
import { openDeliveries } from "./deliveries/open-deliveries";
import type { NoticeParams } from "./labels";

interface Notice {
  kind: NotificationKind;
  /** Facts for the sentence, which is composed in the reader's language. */
  params: NoticeParams;
  ticketId?: string;
  resource?: { type: string; id: string };
}

/** A step: one inbox entry per person, written with the change it tells of, and what leaves the portal beside it (spec §5.20). */
export async function notifyUsers(tx: Tx, recipientIds: readonly string[], notice: Notice): Promise<void> {
  const entries = [...new Set(recipientIds)].map((recipientId) => ({
    id: newId(),
    recipientId,
    type: notice.kind,
    // Flat scalars only, by the type of Notice.
    params: notice.params as Prisma.InputJsonObject,
    relatedTicketId: notice.ticketId ?? null,
    resourceType: notice.resource?.type ?? null,
    resourceId: notice.resource?.id ?? null,
  }));
  if (entries.length > 0) await tx.notification.createMany({ data: entries });
  const notificationIds = entries.map(({ id }) => id);
  await openDeliveries(tx, notificationIds, notice);
}

/** A step: the same for everybody who holds a permission there, but for one person (the requester); says who they are. */
export async function notifyHolders(
  tx: Tx,
  holders: { permission: Permission; systemId: string; environment: string; exceptUserId: string },
  notice: Notice,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT u.id FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    JOIN role_permissions p ON p.role_id = b.role_id JOIN users u ON u.id = b.user_id AND u.enabled
    WHERE (b.expires_at IS NULL OR b.expires_at > now()) AND u.id <> ${holders.exceptUserId}
      AND ((p.permission = 'platform:admin' AND b.scope_id IS NULL) OR (p.permission = ${holders.permission}
        AND (b.scope_id IS NULL OR b.scope_id = ${holders.systemId})
        AND ${holders.environment} = ANY(b.allowed_environments)))
    LIMIT 500`;
  const recipientIds = rows.map((row) => row.id);
  await notifyUsers(tx, recipientIds, notice);
  return recipientIds;
}
