import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import type { ResourceRole } from "@/lib/vocabulary/permissions";
import { aPerson } from "./person";

interface Seat {
  systemId: string;
  role: ResourceRole;
  expiresAt?: Date | null;
  /** The person's platform role. */
  platformRole?: string;
}

/** Somebody new with a role on the System. */
export async function aMember(seat: Seat): Promise<Context & { actor: Person }> {
  const person = await aPerson(seat.platformRole ?? "role-development-engineer");
  await db().resourceRoleBinding.create({
    data: {
      id: newId(),
      userId: person.actor.id,
      role: seat.role,
      resourceType: "system",
      resourceId: seat.systemId,
      grantedBy: "test",
      expiresAt: seat.expiresAt ?? null,
    },
    select: { id: true },
  });
  return person;
}
