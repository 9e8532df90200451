import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { createService } from "@/lib/systems/create-service";
import { createSystem } from "@/lib/systems/create-system";

/** A system of the actor's own with one service in it, through the use cases. */
export async function aService(owner: Context): Promise<{ id: string; name: string; systemId: string }> {
  const system = await createSystem(owner, { name: `s${newId().slice(-8)}`, description: "" });
  const service = await createService(owner, { systemId: system.id, name: "web", description: "" });
  return { ...service, systemId: system.id };
}
