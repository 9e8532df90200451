import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { ResourceRole } from "@/lib/vocabulary/permissions";

interface Binding {
  userId: string;
  role: ResourceRole;
  resource: { type: "system" | "service" | "vm"; id: string };
}

/** A step: gives a person a role on a resource, in the caller's transaction; a former role there is replaced. */
export async function bindResourceRole(
  tx: Tx,
  ctx: Context,
  { userId, role, resource }: Binding,
): Promise<void> {
  const place = { userId, resourceType: resource.type, resourceId: resource.id };
  await tx.resourceRoleBinding.upsert({
    where: { userId_resourceType_resourceId: place },
    create: { id: newId(), ...place, role, grantedBy: actorId(ctx.actor) },
    update: { role, grantedBy: actorId(ctx.actor) },
    select: { id: true },
  });
  await recordAudit(tx, ctx, { action: "member.add", resource, details: { userId, role } });
}
