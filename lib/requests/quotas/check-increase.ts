import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { EnvironmentClass } from "@/lib/vocabulary/environments";
import type { RoomSubject } from "../check-creation";
import { operationTable } from "../operation-table";
import type { IncreaseQuota, Limits } from "./schema";
import { dimensions } from "@/lib/vocabulary/quota-dimensions";
import { readLimits } from "./store";

/** Whoever works in a System may ask for more room there; it must be more than it has. */
export async function checkIncrease(tx: Tx, ctx: Context, input: IncreaseQuota): Promise<RoomSubject> {
  const place = await readRoom(tx, input);
  const { permission, role } = operationTable.INCREASE_QUOTA;
  await authorize(tx, ctx, permission, { systemId: place.systemId, role });
  const { revision: _revision, ...limits } = await readLimits(tx, place);
  requireMore(limits, input);
  const { reason, ...wanted } = input;
  return {
    ...place,
    serviceId: null,
    serviceName: null,
    namespace: null,
    resource: { type: "system", id: place.systemId, name: place.systemName },
    duplicateKey: ["quota", place.systemId, place.environment].join("/"),
    templateId: null,
    instanceSizeId: null,
    demand: null,
    payload: { ...wanted, before: limits, reason },
  };
}

interface RoomRow {
  systemId: string;
  systemName: string;
  environment: string;
  environmentClass: EnvironmentClass;
}

async function readRoom(tx: Tx, input: IncreaseQuota): Promise<RoomRow> {
  const rows = await tx.$queryRaw<RoomRow[]>`
    SELECT y.id AS "systemId", y.name AS "systemName", e.name AS environment, e.class AS "environmentClass"
    FROM systems y, environments e WHERE y.id = ${input.systemId} AND e.name = ${input.environment}`;
  if (rows[0] === undefined) throw new AppError("RESOURCE_NOT_FOUND");
  return rows[0];
}

function requireMore(limits: Limits, wanted: IncreaseQuota): void {
  const asked = dimensions.filter((what) => wanted[what] !== undefined);
  if (asked.length === 0) throw fieldRefused("vms", "required");
  for (const what of asked) {
    const limit = limits[what];
    // Without a limit there is nothing to raise.
    if (limit === null) throw fieldRefused(what, "unlimited");
    if ((wanted[what] ?? 0) <= limit) throw fieldRefused(what, "not_more", { limit });
  }
}
