import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { nextState } from "@/lib/core/state-machine";
import { inTransaction } from "@/lib/core/transaction";
import { templateMachine } from "./machine";
import type { DeprecateTemplate } from "./schema";
import { lockTemplate } from "./store";

/** Offered to nobody any more; machines made from it stay as they are. The message says what to take instead. */
export function deprecateTemplate(ctx: Context, input: DeprecateTemplate): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "template:write");
    const template = await lockTemplate(tx, input.templateId);
    const status = nextState(templateMachine, template.status, "deprecate");
    const deprecationMessage = input.message === "" ? null : input.message;
    await tx.template.update({
      where: { id: template.id },
      data: { status, deprecatedAt: ctx.now, deprecationMessage },
      select: { id: true },
    });
    await recordAudit(tx, ctx, {
      action: "template.deprecate",
      resource: { type: "template", id: template.id, name: template.name },
      details: { version: template.version, message: deprecationMessage },
    });
  });
}
