import { z } from "zod";
import { actorId, type Context } from "@/lib/core/context";
import { hashOf } from "@/lib/core/ids";
import type { Tx } from "@/lib/core/transaction";
import type { DryRunVerdict, VmBlueprint } from "@/lib/vms/schema";
import type { ClusterCheck } from "./schema";

interface Checked {
  ticketId: string;
  blueprint: VmBlueprint;
  verdicts: readonly DryRunVerdict[];
}

const said = z.enum(["accepted", "refused"]);

/**
 * A step: keeps what clusters say of a request, and tells what each said of the very same machine before; silence is no
 * verdict and takes nothing back.
 */
export async function recordChecks(tx: Tx, ctx: Context, checked: Checked): Promise<ClusterCheck[]> {
  const { ticketId, verdicts } = checked;
  const specHash = hashOf(checked.blueprint);
  const known = await tx.approvalCheck.findMany({ where: { ticketId, specHash } });
  const told = verdicts.filter(({ result }) => result !== "not_checked");
  for (const { clusterId, result, message, causes } of told) {
    const check = {
      specHash,
      result,
      message: (message ?? causes[0]?.message ?? "").slice(0, 1_000),
      checkedAt: ctx.now,
      checkedBy: actorId(ctx.actor),
    };
    await tx.approvalCheck.upsert({
      where: { ticketId_clusterId: { ticketId, clusterId } },
      create: { ticketId, clusterId, ...check },
      update: check,
      select: { ticketId: true },
    });
  }
  return told.map(({ clusterId }) => {
    const before = known.find((each) => each.clusterId === clusterId);
    return {
      clusterId,
      checkedAt: ctx.now,
      before: before
        ? { result: said.parse(before.result), message: before.message, checkedAt: before.checkedAt }
        : null,
    };
  });
}
