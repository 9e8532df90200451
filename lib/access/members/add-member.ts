import { bindResourceRole } from "@/lib/access/bind-resource-role";
import { requireFuture } from "@/lib/access/store";
import type { Context } from "@/lib/core/context";
import { fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { requireMemberAdmin } from "./require-member-admin";
import type { AddMember } from "./schema";
import { listTouchedRoles, lockPlace, readHeld, requireEnabledUser, type Place } from "./store";

/** @throws VALIDATION_FAILED on userId for somebody who is disabled, unknown or has a role there already */
export function addMember(ctx: Context, input: AddMember): Promise<void> {
  return inTransaction(async (tx) => {
    const place = await lockPlace(tx, input);
    const touched = await listTouchedRoles(tx, input.userId, place);
    await requireMemberAdmin(tx, ctx, { systemId: place.systemId, touched: [...touched, input.role] });
    requireFuture(input.expiresAt, ctx.now);
    await requireEnabledUser(tx, input.userId);
    if ((await readHeld(tx, input.userId, place)) !== null) throw fieldRefused("userId", "already_member");
    await bindResourceRole(tx, ctx, {
      userId: input.userId,
      role: input.role,
      resource: boundResource(place),
      expiresAt: input.expiresAt ?? null,
    });
  });
}

/** The place as a binding names it. */
export function boundResource({ type, id, systemId }: Place) {
  return type === "system" ? { type, id } : { type, id, systemId };
}
