import { randomBytes } from "node:crypto";
import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { replaceSecret, sealSecret } from "./keep-secrets";
import type { RotatedSecret, RotateSecret } from "./schema";
import { lockDesk } from "./store";

/** A new secret counts at once, the former one beside it until the overlap ends; one that the portal makes is told once. */
export async function rotateSecret(ctx: Context, input: RotateSecret): Promise<RotatedSecret> {
  const { deskId, secret: name, overlapHours } = input;
  const made = input.value === undefined ? randomBytes(32).toString("base64url") : null;
  const envelope = await sealSecret(deskId, name, input.value ?? made ?? "");
  const formerUntil = await inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    await requireStepUp(tx, ctx, "change_sign_in");
    const desk = await lockDesk(tx, deskId);
    await replaceSecret(tx, { deskId, name, envelope, overlapHours });
    await recordAudit(tx, ctx, {
      action: "external_approval_system.rotate",
      resource: { type: "external_approval_system", id: deskId, name: desk.name },
      details: { which: name, overlapHours, made: made !== null },
    });
    return endOfFormer(
      name === "callback_secret"
        ? await tx.externalCallbackSecret.findMany({
            where: { externalSystemId: deskId },
            select: { endsAt: true },
          })
        : await tx.externalApprovalSecret.findMany({
            where: { externalSystemId: deskId, name },
            select: { endsAt: true },
          }),
    );
  });
  return { value: made, formerUntil };
}

function endOfFormer(rows: readonly { endsAt: Date | null }[]): Date | null {
  return rows.find(({ endsAt }) => endsAt !== null)?.endsAt ?? null;
}
