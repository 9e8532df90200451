import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import type { CreateEnvironment } from "./schema";
import { refuseReservedName } from "./store";

/** Name and class are for good: machines' namespaces and people's bindings name it. */
export async function createEnvironment(ctx: Context, input: CreateEnvironment): Promise<{ name: string }> {
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      await refuseReservedName(tx, input.name);
      await tx.environment.create({ data: input, select: { name: true } });
      await recordAudit(tx, ctx, {
        action: "environment.create",
        resource: { type: "environment", id: input.name, name: input.name },
        environment: input.name,
        details: { ...input },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { name: input.name };
}
