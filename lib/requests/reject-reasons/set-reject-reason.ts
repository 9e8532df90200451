import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import type { SetRejectReason } from "./schema";

const reasonsMax = 50;

/** A reason that approvers can pick when they reject, in both languages; written anew or put in place of the old one. */
export function setRejectReason(ctx: Context, input: SetRejectReason): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const { id: known, ...reason } = input;
    const before = known === undefined ? null : await tx.rejectReason.findUnique({ where: { id: known } });
    if (known !== undefined && before === null)
      throw new AppError("RESOURCE_NOT_FOUND", { resource: "reject_reason" });
    if (before === null && (await tx.rejectReason.count()) >= reasonsMax)
      throw new AppError("VALIDATION_FAILED", {}, [
        { field: "textEn", code: "too_many", params: { maximum: reasonsMax } },
      ]);
    const id = known ?? newId();
    const written = { ...reason, updatedBy: actorId(ctx.actor) };
    await tx.rejectReason.upsert({
      where: { id },
      create: { id, ...written },
      update: written,
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "reject_reason.update",
      resource: { type: "reject_reason", id, name: reason.textEn.slice(0, 60) },
      details: { before: before && textsOf(before), after: reason },
    });
    return { id };
  });
}

type Texts = Omit<SetRejectReason, "id" | "about"> & { about: string };

function textsOf({ about, position, textEn, textZh, enabled }: Texts) {
  return { about, position, textEn, textZh, enabled };
}
