import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import type { TemplateKey } from "./schema";

/** Back to the words that come with the product; where those stand already, nothing happens. */
export async function resetTemplate(ctx: Context, { name, locale }: TemplateKey): Promise<void> {
  await inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const { count } = await tx.noticeTemplate.deleteMany({ where: { kind: name, locale } });
    if (count === 0) return;
    await recordAudit(tx, ctx, {
      action: "notification_template.update",
      resource: { type: "notification_template", id: `${name}/${locale}`, name },
      details: { locale, reset: true },
    });
  });
}
