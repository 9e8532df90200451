import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { templateContent, type TemplateContent, type UpdateTemplate } from "./schema";
import { settleTemplate } from "./settle-template";
import { contentOf, lockTemplate } from "./store";
import { changesOf } from "./versions/rules";

/** Only a draft is edited, and only by who has seen its last edit; people live on the other versions (spec §4). */
export function updateTemplate(ctx: Context, input: UpdateTemplate): Promise<{ revision: number }> {
  const { templateId, revision: seen, ...changes } = input;
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const template = await lockTemplate(tx, templateId);
    if (template.status !== "draft")
      throw new AppError("INVALID_STATE", { object: "template", state: template.status, move: "edit" });
    if (template.revision !== seen)
      throw new AppError("CONFLICT", { object: "template", seen, current: template.revision });
    const before = templateContent.parse(contentOf(template));
    const content = await settleTemplate(tx, { ...before, ...withoutAbsent(changes) });
    const revision = seen + 1;
    await tx.template.update({
      where: { id: templateId },
      data: { ...content, revision },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "template.update",
      resource: { type: "template", id: templateId, name: template.name },
      details: { version: template.version, revision, changes: changesOf(before, content) },
    });
    return { revision };
  });
}

function withoutAbsent(changes: Omit<UpdateTemplate, "templateId" | "revision">): Partial<TemplateContent> {
  // Members that are absent or undefined say nothing; the rest has passed the same schema.
  return Object.fromEntries(
    Object.entries(changes).filter(([, value]) => value !== undefined),
  ) as Partial<TemplateContent>;
}
