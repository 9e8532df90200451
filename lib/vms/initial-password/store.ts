import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";

/** What a sealed password belongs to: moved to another machine it does not open. */
export function bindingOf(vmId: string): string {
  return `vm:${vmId}`;
}

interface VmPlace {
  id: string;
  name: string;
  createdBy: string;
  serviceId: string;
  systemId: string;
  environment: string;
}

/**
 * Who asked for the machine and may still operate it, or an owner of its System.
 * @throws VM_NOT_FOUND to whoever may not see it, PERMISSION_DENIED
 */
export async function requirePasswordOwner(tx: Tx, ctx: Context, vmId: string): Promise<VmPlace> {
  const rows = await tx.$queryRaw<VmPlace[]>`
    SELECT v.id, v.name, v.created_by AS "createdBy", v.service_id AS "serviceId", s.system_id AS "systemId",
      n.environment
    FROM vms v JOIN services s ON s.id = v.service_id JOIN namespaces n ON n.name = v.namespace
    WHERE v.id = ${vmId}`;
  const vm = rows[0];
  if (vm === undefined) throw new AppError("VM_NOT_FOUND");
  const { systemId, serviceId, environment } = vm;
  const isCreator = ctx.actor.kind === "person" && ctx.actor.id === vm.createdBy;
  try {
    await authorize(tx, ctx, "vm:operate", {
      ...{ systemId, serviceId, vmId, environment },
      role: isCreator ? "member" : "owner",
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "RESOURCE_NOT_FOUND") throw new AppError("VM_NOT_FOUND");
    throw error;
  }
  return vm;
}
