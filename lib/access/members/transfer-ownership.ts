import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { requireMemberAdmin } from "./require-member-admin";
import type { TransferOwnership } from "./schema";
import { lockPlace, readHeld, requireEnabledUser, requireOwnerLeft, type Place } from "./store";

/** An owner hands the System to somebody and remains what they choose; an administrator makes somebody owner. */
export function transferOwnership(ctx: Context, input: TransferOwnership): Promise<void> {
  return inTransaction(async (tx) => {
    const place = await lockPlace(tx, { systemId: input.systemId, resourceType: "system" });
    await requireMemberAdmin(tx, ctx, { systemId: place.systemId, touched: ["owner"] });
    await requireHeir(tx, ctx, input.userId);
    const former = actorId(ctx.actor);
    const wasOwner = (await readHeld(tx, former, place))?.role === "owner";
    await makeOwner(tx, ctx, { place, userId: input.userId });
    if (wasOwner) await stepDown(tx, { place, userId: former, remainAs: input.remainAs });
    await requireOwnerLeft(tx, place);
    await recordAudit(tx, ctx, {
      action: "member.transfer",
      resource: { type: "system", id: place.id, name: place.systemName },
      parent: { type: "system", id: place.systemId },
      details: {
        fromUserId: wasOwner ? former : null,
        toUserId: input.userId,
        remainAs: wasOwner ? input.remainAs : null,
      },
    });
  });
}

/** A person other than whoever hands over, since a program's account owns nothing. */
async function requireHeir(tx: Tx, ctx: Context, userId: string): Promise<void> {
  const { isService } = await requireEnabledUser(tx, userId);
  if (isService || userId === actorId(ctx.actor)) throw fieldRefused("userId", "invalid");
}

async function makeOwner(tx: Tx, ctx: Context, { place, userId }: { place: Place; userId: string }) {
  const key = { userId, resourceType: place.type, resourceId: place.id };
  const columns = { role: "owner", expiresAt: null, source: "transfer", ticketId: null };
  await tx.resourceRoleBinding.upsert({
    where: { userId_resourceType_resourceId: key },
    create: { id: newId(), ...key, ...columns, grantedBy: actorId(ctx.actor) },
    update: { ...columns, grantedBy: actorId(ctx.actor), reviewedAt: null, reviewedBy: null },
    select: { id: true },
  });
}

interface Leaving {
  place: Place;
  userId: string;
  remainAs: TransferOwnership["remainAs"];
}

async function stepDown(tx: Tx, { place, userId, remainAs }: Leaving): Promise<void> {
  const where = { userId, resourceType: place.type, resourceId: place.id };
  if (remainAs === "nothing") await tx.resourceRoleBinding.deleteMany({ where });
  else await tx.resourceRoleBinding.updateMany({ where, data: { role: remainAs, expiresAt: null } });
}
