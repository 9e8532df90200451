import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { TemplateId } from "./schema";
import { contentOf, lockTemplate } from "./store";

/** A draft was never offered, so nothing names it; every other version stays for the machines made from it. */
export function removeTemplate(ctx: Context, input: TemplateId): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const template = await lockTemplate(tx, input.templateId);
    if (template.status !== "draft")
      throw new AppError("INVALID_STATE", { object: "template", state: template.status, move: "delete" });
    await tx.template.delete({ where: { id: template.id }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "template.delete",
      resource: { type: "template", id: template.id, name: template.name },
      details: { version: template.version, content: contentOf(template) },
    });
  });
}
