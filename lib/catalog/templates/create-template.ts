import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import type { CreateTemplate } from "../schema";
import { requireCloudConfig, requireImageUrl } from "./rules";

/** A new name starts as version 1, a draft nobody can ask for yet. */
export async function createTemplate(ctx: Context, input: CreateTemplate): Promise<{ id: string }> {
  requireCloudConfig(input.cloudInit);
  requireImageUrl(input.sourceType, input.imageUrl);
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "template:write");
      await tx.template.create({
        data: { id, ...input, version: 1, status: "draft", createdBy: actorId(ctx.actor) },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "template.create",
        resource: { type: "template", id, name: input.name },
        details: { version: 1, sourceType: input.sourceType, imageUrl: input.imageUrl },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id };
}
