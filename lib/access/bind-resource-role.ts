import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import type { MemberSource, ResourceType } from "./members/schema";
import { isLastingOwner, lockPlace, readHeld, requireOwnerLeft, type Held } from "./members/store";
import { roleSuffices } from "./rules";

interface Binding {
  userId: string;
  role: ResourceRole;
  /** Of a service or a machine, `systemId` names the System it lies in. */
  resource:
    { type: "system"; id: string } | { type: Exclude<ResourceType, "system">; id: string; systemId: string };
  /** Absent or null: without an end. */
  expiresAt?: Date | null;
  source?: MemberSource;
  ticketId?: string;
}

/**
 * A step: gives a person a role on a resource; a former role there is replaced and answered. Who may do so is the
 * caller's to ask.
 * @throws LAST_OWNER where the former role was the last ownership
 */
export async function bindResourceRole(tx: Tx, ctx: Context, binding: Binding): Promise<Held | null> {
  const { userId, role, resource } = binding;
  const systemId = resource.type === "system" ? resource.id : resource.systemId;
  const place = await lockPlace(tx, { systemId, resourceType: resource.type, resourceId: resource.id });
  const former = await readHeld(tx, userId, place);
  const columns = {
    role,
    expiresAt: binding.expiresAt ?? null,
    source: binding.source ?? "manual",
    ticketId: binding.ticketId ?? null,
    grantedBy: actorId(ctx.actor),
  };
  const key = { userId, resourceType: resource.type, resourceId: resource.id };
  await tx.resourceRoleBinding.upsert({
    where: { userId_resourceType_resourceId: key },
    create: { id: newId(), ...key, ...columns },
    // What has ended or is raised begins anew, so that a right says since when it is one.
    update: {
      ...columns,
      reviewedAt: null,
      reviewedBy: null,
      ...(former === null || !roleSuffices(former.role, role) ? { createdAt: ctx.now } : {}),
    },
    select: { id: true },
  });
  if (isLastingOwner(place, former)) await requireOwnerLeft(tx, place);
  await recordAudit(tx, ctx, {
    action: former === null ? "member.add" : "member.update",
    resource: { type: resource.type, id: resource.id },
    parent: { type: "system", id: systemId },
    details: {
      userId,
      role,
      expiresAt: columns.expiresAt,
      source: columns.source,
      ...(former === null ? {} : { before: { role: former.role, expiresAt: former.expiresAt } }),
    },
  });
  return former;
}
