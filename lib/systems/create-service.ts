import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { openEvent } from "@/lib/core/events";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import type { CreateService } from "./schema";
import { lockSystem, refuseReservedName } from "./store";

export async function createService(
  ctx: Context,
  input: CreateService,
): Promise<{ id: string; name: string }> {
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      const system = await lockSystem(tx, input.systemId);
      await authorize(tx, ctx, "service:create", { systemId: system.id, role: "member" });
      await refuseReservedName(tx, input.name);
      await tx.service.create({
        data: { id, ...input, createdBy: actorId(ctx.actor) },
        select: { id: true },
      });
      await openEvent(tx, ctx, {
        type: "SERVICE_CREATED",
        aggregate: { type: "service", id },
        payload: { name: input.name, systemId: system.id },
        status: "COMPLETED",
      });
      await recordAudit(tx, ctx, {
        action: "service.create",
        resource: { type: "service", id, name: input.name },
        parent: { type: "system", id: system.id },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}
