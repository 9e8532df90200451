import { AppError, fieldRefused } from "@/lib/core/errors";
import { isReservedName } from "@/lib/core/names";
import type { Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";

export async function lockSystem(tx: Tx, systemId: string) {
  await tx.$queryRaw`SELECT 1 FROM systems WHERE id = ${systemId} FOR UPDATE`;
  const system = await tx.system.findUnique({ where: { id: systemId }, select: { id: true, name: true } });
  if (system === null) throw new AppError("RESOURCE_NOT_FOUND");
  return system;
}

export async function lockService(tx: Tx, serviceId: string) {
  await tx.$queryRaw`SELECT 1 FROM services WHERE id = ${serviceId} FOR UPDATE`;
  const service = await tx.service.findUnique({
    where: { id: serviceId },
    select: { id: true, name: true, systemId: true, system: { select: { name: true } } },
  });
  if (service === null) throw new AppError("RESOURCE_NOT_FOUND");
  return service;
}

export async function refuseReservedName(tx: Tx, name: string): Promise<void> {
  const reserved = await readSetting(tx, "naming.reserved");
  if (isReservedName(name, reserved)) throw fieldRefused("name", "reserved", { name });
}
