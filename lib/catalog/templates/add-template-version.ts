import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { templateContent, type TemplateId } from "./schema";
import { contentOf, lockName, lockTemplate } from "./store";

/** A copy of any version as the name's next draft; a name has one draft at a time. */
export function addTemplateVersion(
  ctx: Context,
  input: TemplateId,
): Promise<{ id: string; version: number }> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const source = await lockTemplate(tx, input.templateId);
    const { name } = source;
    await lockName(tx, name);
    const draft = await tx.template.findFirst({
      where: { name, status: "draft" },
      select: { version: true },
    });
    if (draft !== null) throw new AppError("ALREADY_EXISTS", { object: "template_draft", ...draft });
    const newest = await tx.template.aggregate({ where: { name }, _max: { version: true } });
    const version = (newest._max.version ?? 0) + 1;
    const id = newId();
    const content = templateContent.parse(contentOf(source));
    await tx.template.create({
      data: { id, name, ...content, version, status: "draft", createdBy: actorId(ctx.actor) },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "template.create",
      resource: { type: "template", id, name },
      details: { version, copiedFrom: source.version },
    });
    return { id, version };
  });
}
