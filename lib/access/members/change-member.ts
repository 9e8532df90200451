import { bindResourceRole } from "@/lib/access/bind-resource-role";
import { requireFuture } from "@/lib/access/store";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { boundResource } from "./add-member";
import { requireMemberAdmin } from "./require-member-admin";
import type { ChangeMember } from "./schema";
import { listTouchedRoles, lockPlace, readHeld } from "./store";

/** Another role, another end or both. @throws LAST_OWNER, RESOURCE_NOT_FOUND for somebody without a role right there */
export function changeMember(ctx: Context, input: ChangeMember): Promise<void> {
  return inTransaction(async (tx) => {
    const place = await lockPlace(tx, input);
    const touched = await listTouchedRoles(tx, input.userId, place);
    const wanted = input.role === undefined ? touched : [...touched, input.role];
    await requireMemberAdmin(tx, ctx, { systemId: place.systemId, touched: wanted });
    const held = await readHeld(tx, input.userId, place);
    if (held === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "member" });
    requireFuture(input.expiresAt, ctx.now);
    await bindResourceRole(tx, ctx, {
      userId: input.userId,
      role: input.role ?? held.role,
      resource: boundResource(place),
      expiresAt: input.expiresAt === undefined ? held.expiresAt : input.expiresAt,
    });
  });
}
