import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { inTransaction } from "@/lib/core/transaction";
import { readRecordingRule } from "./queries";
import type { EnvironmentRecording } from "./schema";

/** Which consoles of an environment are recorded from now on; sessions under way and what was recorded stay as they are. */
export function setEnvironmentRecording(ctx: Context, input: EnvironmentRecording): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const { environment, mode, retentionDays } = input;
    const known = await tx.environment.findUnique({ where: { name: environment }, select: { name: true } });
    if (known === null) throw new AppError("RESOURCE_NOT_FOUND");
    const before = await readRecordingRule(tx, environment);
    const columns = { mode, retentionDays, updatedBy: actorId(ctx.actor) };
    await tx.environmentRecording.upsert({
      where: { environment },
      create: { environment, ...columns },
      update: columns,
      select: { environment: true },
    });
    await recordAudit(tx, ctx, {
      action: "environment.recording",
      resource: { type: "environment", id: environment, name: environment },
      environment,
      details: { before, after: { mode, retentionDays } },
    });
  });
}
