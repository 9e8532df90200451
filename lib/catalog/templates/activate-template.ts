import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { nextState } from "@/lib/core/state-machine";
import { inTransaction } from "@/lib/core/transaction";
import { templateMachine } from "./machine";
import { templateContent, type TemplateId } from "./schema";
import { settleTemplate } from "./settle-template";
import { contentOf, lockName, lockTemplate } from "./store";

/** From now on people may ask for it; the version that was active is deprecated in the same breath (spec §4). */
export function activateTemplate(ctx: Context, input: TemplateId): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const template = await lockTemplate(tx, input.templateId);
    await lockName(tx, template.name);
    const status = nextState(templateMachine, template.status, "activate");
    // An allowed host, a logo or an uploaded image may have gone since the draft was saved.
    const content = await settleTemplate(tx, templateContent.parse(contentOf(template)));
    const replaced = await tx.template.updateManyAndReturn({
      where: { name: template.name, status: "active" },
      data: { status: nextState(templateMachine, "active", "deprecate"), deprecatedAt: ctx.now },
      select: { version: true },
    });
    await tx.template.update({
      where: { id: template.id },
      data: { ...content, status, activatedAt: ctx.now },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "template.activate",
      resource: { type: "template", id: template.id, name: template.name },
      details: { version: template.version, deprecated: replaced.map(({ version }) => version) },
    });
  });
}
