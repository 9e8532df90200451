import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { isReservedName } from "@/lib/core/names";
import { inTransaction } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import type { CreateNamespace } from "./schema";
import { requireEnvironment, requireOwner } from "./store";

/** A name and its environment, both for good; clusters get the namespace when the first machine needs it (spec §5.5). */
export async function createNamespace(
  ctx: Context,
  input: CreateNamespace,
): Promise<{ id: string; name: string }> {
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "namespace:write", { environment: input.environment });
      await requireEnvironment(tx, input.environment);
      const reserved = await readSetting(tx, "naming.reserved");
      if (isReservedName(input.name, reserved)) throw fieldRefused("name", "reserved", { name: input.name });
      const { ownerId = null, ...row } = input;
      await requireOwner(tx, ownerId);
      await tx.namespace.create({
        data: { id, ...row, ownerId, createdBy: actorId(ctx.actor) },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "namespace.create",
        resource: { type: "namespace", id, name: input.name },
        environment: input.environment,
        details: { description: input.description, ownerId },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}
