import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { actorId } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { CreatedSize, DeprecateSize } from "./schema";
import { lockSize } from "./store";

/** Nobody can ask for it any more; what was asked for already goes on. */
export function deprecateSize(ctx: Context, input: DeprecateSize): Promise<CreatedSize> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "instance_size:write");
    const size = await lockSize(tx, input.name, input.version);
    if (size.deprecatedAt !== null) {
      throw new AppError("INVALID_STATE", {
        object: "instance_size",
        state: "deprecated",
        move: "deprecate",
      });
    }
    const deprecationMessage = input.message === "" ? null : input.message;
    const version = size.version + 1;
    await tx.instanceSize.update({
      where: { id: size.id },
      data: { deprecatedAt: ctx.now, deprecationMessage, version, updatedBy: actorId(ctx.actor) },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "instance_size.deprecate",
      resource: { type: "instance_size", id: size.id, name: size.name },
      details: { version, message: deprecationMessage },
    });
    return { id: size.id, name: size.name, version };
  });
}
