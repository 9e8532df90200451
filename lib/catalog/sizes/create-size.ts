import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { CreatedSize, CreateSize } from "./schema";
import { nameTaken, writeSize } from "./store";

export async function createSize(ctx: Context, input: CreateSize): Promise<CreatedSize> {
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "instance_size:write");
      const { hardware, ...created } = await writeSize(tx, ctx, { size: input, replaces: null });
      await recordAudit(tx, ctx, {
        action: "instance_size.create",
        resource: { type: "instance_size", id: created.id, name: input.name },
        details: { version: 1, after: { ...input, ...hardware } },
      });
      return created;
    });
  } catch (error) {
    throw nameTaken(error, input.name);
  }
}
