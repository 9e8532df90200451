import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import type { CreateTemplate } from "./schema";
import { settleTemplate } from "./settle-template";

/** A new name starts as version 1, a draft nobody can ask for yet. */
export async function createTemplate(ctx: Context, input: CreateTemplate): Promise<{ id: string }> {
  const id = newId();
  const { name, ...given } = input;
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "template:write");
      const content = await settleTemplate(tx, given);
      await tx.template.create({
        data: { id, name, ...content, version: 1, status: "draft", createdBy: actorId(ctx.actor) },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "template.create",
        resource: { type: "template", id, name },
        details: { version: 1, content: { ...content } },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name });
    throw error;
  }
  return { id };
}
