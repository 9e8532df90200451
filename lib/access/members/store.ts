import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import type { ResourceType } from "./schema";

/** A System, or a service or machine in it. */
export interface Place {
  systemId: string;
  systemName: string;
  type: ResourceType;
  id: string;
  serviceId?: string;
  vmId?: string;
}

interface Named {
  systemId: string;
  resourceType: ResourceType;
  resourceId?: string | undefined;
}

/** Membership of a System changes under the lock of its row, so that counts of owners hold. */
export async function lockPlace(tx: Tx, named: Named): Promise<Place> {
  const [system] = await tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT id, name FROM systems WHERE id = ${named.systemId} FOR NO KEY UPDATE`;
  if (system === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  const place = { systemId: system.id, systemName: system.name, type: named.resourceType };
  if (named.resourceType === "system") return { ...place, id: system.id };
  const inside = await findInside(tx, named);
  if (inside === null) throw new AppError("RESOURCE_NOT_FOUND");
  return { ...place, ...inside };
}

async function findInside(tx: Tx, { systemId, resourceType, resourceId = "" }: Named) {
  if (resourceType === "service") {
    const service = await tx.service.findFirst({ where: { id: resourceId, systemId }, select: { id: true } });
    return service === null ? null : { id: service.id, serviceId: service.id };
  }
  const vm = await tx.vm.findFirst({
    where: { id: resourceId, service: { systemId } },
    select: { id: true, serviceId: true },
  });
  return vm === null ? null : { id: vm.id, serviceId: vm.serviceId, vmId: vm.id };
}

export interface Held {
  role: ResourceRole;
  expiresAt: Date | null;
}

/** The person's role right there, not an inherited one; null where none stands now. */
export async function readHeld(
  tx: Tx,
  userId: string,
  place: Pick<Place, "type" | "id">,
): Promise<Held | null> {
  const rows = await tx.$queryRaw<Held[]>`
    SELECT role, expires_at AS "expiresAt" FROM resource_role_bindings
    WHERE user_id = ${userId} AND resource_type = ${place.type} AND resource_id = ${place.id}
      AND (expires_at IS NULL OR expires_at > now())`;
  return rows[0] ?? null;
}

/** What a manager touches who touches this person there: a nearer role would overrule the one on the System. */
export async function listTouchedRoles(tx: Tx, userId: string, place: Place): Promise<ResourceRole[]> {
  const here = await readHeld(tx, userId, place);
  const above = await readHeld(tx, userId, { type: "system", id: place.systemId });
  return [here, above].flatMap((held) => held?.role ?? []);
}

/** Somebody who is enabled owns the System without an end. @throws LAST_OWNER */
export async function requireOwnerLeft(tx: Tx, { systemId, systemName }: Place): Promise<void> {
  const left = await tx.$queryRaw<{ id: string }[]>`
    SELECT u.id FROM resource_role_bindings m JOIN users u ON u.id = m.user_id
    WHERE m.resource_type = 'system' AND m.resource_id = ${systemId} AND m.role = 'owner' AND m.expires_at IS NULL
      AND u.enabled AND u.auth_type <> 'service' LIMIT 1`;
  if (left.length === 0) throw new AppError("LAST_OWNER", { name: systemName });
}

/** Whether taking this away may leave the System without an owner. */
export function isLastingOwner(place: Place, held: Held | null): boolean {
  return place.type === "system" && held?.role === "owner" && held.expiresAt === null;
}

export async function requireEnabledUser(tx: Tx, userId: string): Promise<{ isService: boolean }> {
  const user = await tx.user.findFirst({
    where: { id: userId, enabled: true },
    select: { authType: true },
  });
  if (user === null) throw fieldRefused("userId", "not_found");
  return { isService: user.authType === "service" };
}
