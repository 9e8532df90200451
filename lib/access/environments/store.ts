import { z } from "zod";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { isReservedName } from "@/lib/core/names";
import type { Tx } from "@/lib/core/transaction";
import { settingDefinitions } from "@/lib/vocabulary/settings";

/** The word by which policies and catalogue entries mean every environment. */
const everywhere = "all";

export async function lockEnvironment(tx: Tx, name: string) {
  await tx.$queryRaw`SELECT 1 FROM environments WHERE name = ${name} FOR UPDATE`;
  const environment = await tx.environment.findUnique({
    where: { name },
    select: {
      name: true,
      class: true,
      displayName: true,
      description: true,
      sortOrder: true,
      selfApproval: true,
    },
  });
  if (environment === null) throw new AppError("RESOURCE_NOT_FOUND", { type: "environment" });
  return environment;
}

/** The setting is read here because the settings room stands on this one. */
export async function refuseReservedName(tx: Tx, name: string): Promise<void> {
  const key = "naming.reserved";
  const row = await tx.platformSetting.findUnique({ where: { key }, select: { value: true } });
  const reserved = z.array(z.string()).safeParse(row?.value);
  const names = reserved.success ? reserved.data : settingDefinitions[key].default;
  if (isReservedName(name, [...names, everywhere])) throw fieldRefused("name", "reserved", { name });
}
