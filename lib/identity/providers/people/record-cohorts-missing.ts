import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { Voucher } from "./admit-person";
import { notifyWatchers } from "./notify-watchers";

interface Missing {
  provider: Voucher;
  user: { id: string; username: string };
}

/**
 * A step: a provider that was to name somebody's cohorts did not. Their roles stay as they were last, on record, and
 * whoever watches over sign-in hears of it (spec §5.3).
 */
export async function recordCohortsMissing(tx: Tx, ctx: Context, { provider, user }: Missing): Promise<void> {
  const field = provider.claims.groups;
  // Nobody chose a field yet, so nothing is missing.
  if (field === null) return;
  await recordAudit(tx, ctx, {
    action: "user.cohorts_missing",
    outcome: "failure",
    resource: { type: "user", id: user.id, name: user.username },
    parent: { type: "auth_provider", id: provider.id },
    details: { field },
  });
  await notifyWatchers(tx, ctx, { provider, alert: "cohorts_missing", facts: { username: user.username } });
}
