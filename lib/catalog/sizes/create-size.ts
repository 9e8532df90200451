import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import type { CreateSize } from "../schema";
import { requireConsistentSize } from "./rules";

export async function createSize(ctx: Context, input: CreateSize): Promise<{ id: string }> {
  requireConsistentSize(input);
  const id = newId();
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "instance_size:write");
      await tx.instanceSize.create({
        data: {
          id,
          ...input,
          requiresGpu: input.gpuDevices.length > 0,
          requiresHugepages: input.hugepagesSize !== null,
          createdBy: actorId(ctx.actor),
        },
        select: { id: true },
      });
      await recordAudit(tx, ctx, {
        action: "instance_size.create",
        resource: { type: "instance_size", id, name: input.name },
        details: { cpuCores: input.cpuCores, memoryGi: input.memoryGi, gpuDevices: input.gpuDevices },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id };
}
