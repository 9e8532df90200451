import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { nextState } from "@/lib/core/state-machine";
import { inTransaction } from "@/lib/core/transaction";
import { templateMachine } from "./machine";

/** From now on people may ask for it; the version that was active is deprecated in the same breath (spec §4). */
export function activateTemplate(ctx: Context, input: { templateId: string }): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    await tx.$queryRaw`SELECT 1 FROM templates WHERE id = ${input.templateId} FOR UPDATE`;
    const template = await tx.template.findUnique({ where: { id: input.templateId } });
    if (template === null) throw new AppError("RESOURCE_NOT_FOUND");
    const status = nextState(templateMachine, template.status, "activate");
    await tx.template.updateMany({
      where: { name: template.name, status: "active" },
      data: { status: nextState(templateMachine, "active", "deprecate") },
    });
    await tx.template.update({ where: { id: template.id }, data: { status }, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: "template.activate",
      resource: { type: "template", id: template.id, name: template.name },
      details: { version: template.version },
    });
  });
}
