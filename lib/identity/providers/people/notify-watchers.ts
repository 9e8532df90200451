import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import { notifyUsers } from "@/lib/notifications/notify-users";

interface Alert {
  provider: { id: string; name: string };
  alert: "cohorts_missing" | "directory_refresh_halted";
  facts: Record<string, string | number>;
}

const dayMs = 86_400_000;

/** A step: whoever watches over sign-in hears of it, at most once a day for each provider and alert. */
export async function notifyWatchers(tx: Tx, ctx: Context, { provider, alert, facts }: Alert): Promise<void> {
  const told = await tx.notification.count({
    where: {
      type: "SYSTEM_ALERT",
      resourceType: "auth_provider",
      resourceId: provider.id,
      params: { path: ["alert"], equals: alert },
      createdAt: { gt: new Date(ctx.now.getTime() - dayMs) },
    },
  });
  if (told > 0) return;
  const watchers = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT u.id FROM role_bindings b JOIN roles r ON r.id = b.role_id AND r.enabled
    JOIN role_permissions p ON p.role_id = r.id JOIN users u ON u.id = b.user_id AND u.enabled
    WHERE p.permission IN ('platform:admin', 'auth_provider:read') AND b.scope_id IS NULL
      AND (b.expires_at IS NULL OR b.expires_at > now()) LIMIT 200`;
  const recipients = watchers.map(({ id }) => id);
  await notifyUsers(tx, recipients, {
    kind: "SYSTEM_ALERT",
    params: { alert, provider: provider.name, ...facts },
    resource: { type: "auth_provider", id: provider.id },
  });
}
