import { authorize } from "@/lib/access/authorize";
import { bindResourceRole } from "@/lib/access/bind-resource-role";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import type { CreateSystem } from "./schema";
import { refuseReservedName } from "./store";

/** Whoever creates a system owns it (spec §5.9). */
export async function createSystem(ctx: Context, input: CreateSystem): Promise<{ id: string; name: string }> {
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "system:write");
      await refuseReservedName(tx, input.name);
      await tx.system.create({ data: { id, ...input, createdBy: actorId(ctx.actor) }, select: { id: true } });
      if (ctx.actor.kind === "person") {
        await bindResourceRole(tx, ctx, {
          userId: ctx.actor.id,
          role: "owner",
          resource: { type: "system", id },
          source: "creator",
        });
      }
      await openEvent(tx, ctx, {
        type: "SYSTEM_CREATED",
        aggregate: { type: "system", id },
        payload: { name: input.name },
        status: "COMPLETED",
      });
      await recordAudit(tx, ctx, {
        action: "system.create",
        resource: { type: "system", id, name: input.name },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}
