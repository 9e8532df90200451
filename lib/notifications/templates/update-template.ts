import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireKnownPlaceholders } from "./rules";
import type { UpdateTemplate } from "./schema";

/** Words of one's own for a kind in a language; a placeholder that the kind does not have is refused by its name. */
export async function updateTemplate(ctx: Context, input: UpdateTemplate): Promise<{ version: number }> {
  requireKnownPlaceholders(input.name, input);
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const version = await writeText(tx, ctx, input);
    await recordAudit(tx, ctx, {
      action: "notification_template.update",
      resource: { type: "notification_template", id: `${input.name}/${input.locale}`, name: input.name },
      details: { locale: input.locale, subject: input.subject, body: input.body },
    });
    return { version };
  });
}

async function writeText(tx: Tx, ctx: Context, { name, locale, subject, body, version }: UpdateTemplate) {
  const written = await tx.$executeRaw`
    INSERT INTO notice_templates (kind, locale, subject, body, version, updated_by, updated_at)
    SELECT ${name}, ${locale}, ${subject}, ${body}, 1, ${actorId(ctx.actor)}, now() WHERE ${version} = 0
    ON CONFLICT DO NOTHING`;
  if (written > 0) return 1;
  const { count } = await tx.noticeTemplate.updateMany({
    where: { kind: name, locale, version },
    data: { subject, body, version: version + 1, updatedBy: actorId(ctx.actor) },
  });
  if (count === 0) throw new AppError("CONFLICT");
  return version + 1;
}
