import type { Prisma } from "@/prisma/generated/client";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

/** A machine's row with a system and a service of its own. */
export async function aVm(
  over: Partial<Prisma.VmUncheckedCreateInput> & { clusterId: string; namespace: string },
): Promise<{ id: string; name: string; namespace: string }> {
  const id = over.id ?? newId();
  const name = over.name ?? `vm-${id.slice(-8)}`;
  const systemId = newId();
  const serviceId = newId();
  await db().system.create({
    data: { id: systemId, name: `s${id.slice(-8)}`, createdBy: "test" },
    select: { id: true },
  });
  await db().service.create({
    data: { id: serviceId, systemId, name: "web", createdBy: "test" },
    select: { id: true },
  });
  return db().vm.create({
    data: {
      serviceId,
      instance: "01",
      hostname: name,
      cpuCores: 1,
      memoryGi: 1,
      diskGb: 10,
      templateId: "template",
      templateVersion: 1,
      instanceSizeId: "size",
      ticketId: newId(),
      blueprint: {},
      createdBy: "test",
      ...over,
      id,
      name,
    },
    select: { id: true, name: true, namespace: true },
  });
}
