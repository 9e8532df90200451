import { authorize, isAuthorized } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";

/** A step: whether the person may look on without a grant, as who keeps the System or the platform (spec §5.19). */
export function mayObserve(
  tx: Tx,
  ctx: Context,
  { systemId, environment }: { systemId: string; environment: string },
): Promise<boolean> {
  return isAuthorized(tx, ctx, "vnc:access", { systemId, environment, role: "admin" });
}

/** A step: whoever keeps the System may see who is connected there. */
export async function requireOversight(tx: Tx, ctx: Context, systemId: string): Promise<void> {
  await authorize(tx, ctx, "system:read", { systemId, role: "admin" });
}
