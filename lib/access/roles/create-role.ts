import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { isReservedRoleName } from "./rules";
import type { CreateRole } from "./schema";
import { requireHeld, requirePermissions } from "./store";

/** @throws VALIDATION_FAILED on name or on a permission that does not exist or that the actor does not hold */
export async function createRole(ctx: Context, input: CreateRole): Promise<{ id: string; name: string }> {
  const id = newId();
  const { permissions: names, ...columns } = input;
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "rbac:manage");
      if (isReservedRoleName(input.name)) throw fieldRefused("name", "reserved", { name: input.name });
      const permissions = requirePermissions(names);
      await requireHeld(tx, ctx, { added: permissions, names });
      await tx.role.create({
        data: {
          id,
          ...columns,
          permissions: { create: permissions.map((permission) => ({ permission })) },
        },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "role.create",
        resource: { type: "role", id, name: input.name },
        details: { ...columns, permissions },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}
