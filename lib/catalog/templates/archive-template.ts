import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { nextState } from "@/lib/core/state-machine";
import { inTransaction } from "@/lib/core/transaction";
import { templateMachine } from "./machine";
import type { TemplateId } from "./schema";
import { lockTemplate } from "./store";

/** Out of the way of those who keep the catalogue; its machines still name it. */
export function archiveTemplate(ctx: Context, input: TemplateId): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const template = await lockTemplate(tx, input.templateId);
    const status = nextState(templateMachine, template.status, "archive");
    await tx.template.update({
      where: { id: template.id },
      data: { status, archivedAt: ctx.now },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "template.archive",
      resource: { type: "template", id: template.id, name: template.name },
      details: { version: template.version },
    });
  });
}
