import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { extendLife } from "./extend-life";
import type { ExtendVm } from "./schema";
import { lockLifetime, readExtendable } from "./store";

/** One click within the limits; beyond them a longer life is asked for (EXTEND_VM). */
export function extendVm(ctx: Context, { vmId, days }: ExtendVm): Promise<{ expiresAt: Date }> {
  return inTransaction(async (tx) => {
    const life = await lockLifetime(tx, vmId);
    const { systemId, serviceId, environment } = life;
    await authorize(tx, ctx, "vm:operate", { systemId, serviceId, vmId, environment, role: "member" });
    if (life.expiresAt === null) throw fieldRefused("days", "without_end");
    const extendable = await readExtendable(tx, ctx.now, life);
    if (extendable.days === null) throw fieldRefused("days", "ask_for_more");
    if (days > extendable.days) throw fieldRefused("days", "too_large", { maximum: extendable.days });
    return { expiresAt: await extendLife(tx, ctx, { life, days, byTicket: null }) };
  });
}
