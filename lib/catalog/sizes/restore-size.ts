import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { CreatedSize, RestoreSize } from "./schema";
import { lockSize } from "./store";

/** Takes a deprecation back: it is offered again where its scope reaches. */
export function restoreSize(ctx: Context, input: RestoreSize): Promise<CreatedSize> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "instance_size:write");
    const size = await lockSize(tx, input.name, input.version);
    if (size.deprecatedAt === null) {
      throw new AppError("INVALID_STATE", { object: "instance_size", state: "offered", move: "restore" });
    }
    const version = size.version + 1;
    await tx.instanceSize.update({
      where: { id: size.id },
      data: { deprecatedAt: null, deprecationMessage: null, version, updatedBy: actorId(ctx.actor) },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "instance_size.restore",
      resource: { type: "instance_size", id: size.id, name: size.name },
      details: { version },
    });
    return { id: size.id, name: size.name, version };
  });
}
