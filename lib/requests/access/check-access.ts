import type { Context } from "@/lib/core/context";
import type { Tx } from "@/lib/core/transaction";
import type { Subject } from "@/lib/requests/check-creation";
import { endOf, requireAsker, requireMore } from "./rules";
import type { RequestAccess } from "./schema";
import { findAskable } from "./store";

/** Whoever may know of a System may ask for a role on it, as long as it gives them more than they have. */
export async function checkAccess(tx: Tx, ctx: Context, input: RequestAccess): Promise<Subject> {
  const asker = requireAsker(ctx.actor);
  const { id, name, heldRole, heldUntil } = await findAskable(tx, ctx, input.systemId);
  const { role, days } = input;
  requireMore(heldRole && { role: heldRole, until: heldUntil }, { role, until: endOf(ctx.now, days) });
  return {
    systemId: id,
    systemName: name,
    serviceId: null,
    serviceName: null,
    namespace: null,
    environment: null,
    resource: { type: "system", id, name },
    duplicateKey: ["access", id, asker.id].join("/"),
    templateId: null,
    instanceSizeId: null,
    demand: null,
    payload: { systemId: id, role, days, reason: input.reason, heldRole, heldUntil },
  };
}
