import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

interface Place {
  vmId: string;
  vmName: string;
  systemId: string;
  serviceId: string;
}

/** What the owner's own console showed once. */
export async function aKeptRecording({ actor }: Context & { actor: Person }, place: Place): Promise<string> {
  const { vmId, vmName, systemId, serviceId } = place;
  const [id, endedAt] = [newId(), new Date()];
  await db().consoleRecording.create({
    data: {
      ...{ id, jti: newId(), vmId, vmName, systemId, serviceId, environment: "test", consoleType: "serial" },
      ...{ userId: actor.id, userName: actor.displayName, status: "complete", endedAt },
      retainUntil: new Date(endedAt.getTime() + 86_400_000),
    },
    select: { id: true },
  });
  return id;
}
