import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";

import type { EnableDesk } from "./schema";
import { lockDesk } from "./store";
import { withdrawWaiting } from "./withdraw-waiting";

/** Switches a desk on or off; off, what waits there is decided by people here. */
export function enableDesk(ctx: Context, { deskId, enabled }: EnableDesk): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    await requireStepUp(tx, ctx, "change_sign_in");
    const desk = await lockDesk(tx, deskId);
    if (desk.enabled === enabled) return;
    await tx.externalApprovalSystem.update({
      where: { id: deskId },
      data: { enabled, version: { increment: 1 } },
      select: { id: true },
    });
    const returned = enabled ? 0 : await withdrawWaiting(tx, ctx, { deskId, reason: "switched_off" });
    await recordAudit(tx, ctx, {
      action: "external_approval_system.update",
      resource: { type: "external_approval_system", id: deskId, name: desk.name },
      details: { before: { enabled: desk.enabled }, after: { enabled }, returned },
    });
  });
}
