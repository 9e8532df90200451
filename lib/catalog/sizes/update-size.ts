import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { CreatedSize, UpdateSize } from "./schema";
import { settleChange } from "./settle-change";
import { findChanges, lockSize, writeSize } from "./store";

/** Machines that were made of it keep what was frozen for them. */
export function updateSize(ctx: Context, input: UpdateSize): Promise<CreatedSize> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "instance_size:write");
    const stored = await lockSize(tx, input.name, input.version);
    const size = settleChange(stored, input);
    const { hardware, ...updated } = await writeSize(tx, ctx, { size, replaces: stored });
    await recordAudit(tx, ctx, {
      action: "instance_size.update",
      resource: { type: "instance_size", id: updated.id, name: updated.name },
      details: { version: updated.version, ...findChanges(stored, { ...size, ...hardware }) },
    });
    return updated;
  });
}
