import { Prisma } from "@/prisma/generated/client";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { openFor } from "@/lib/core/keyring";
import { envelope } from "@/lib/core/secrets";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { InitialPasswordOf, RevealedPassword } from "./schema";
import { bindingOf, requirePasswordOwner } from "./store";

/**
 * Tells the password once: what was sealed is gone when the answer leaves.
 * @throws VM_NOT_FOUND, PERMISSION_DENIED, RESOURCE_NOT_FOUND (the machine never had one), INVALID_STATE (told already)
 */
export function revealInitialPassword(ctx: Context, input: InitialPasswordOf): Promise<RevealedPassword> {
  return inTransaction(async (tx) => {
    const vm = await requirePasswordOwner(tx, ctx, input.vmId);
    const { username, sealed } = await takeEnvelope(tx, ctx, input.vmId);
    const password = await openFor("web", envelope.parse(sealed), bindingOf(input.vmId));
    await recordAudit(tx, ctx, {
      action: "vm.password_reveal",
      resource: { type: "vm", id: vm.id, name: vm.name },
      parent: { type: "system", id: vm.systemId },
      environment: vm.environment,
      details: { username },
    });
    return { username, password };
  });
}

/** The row's lock lets one of two who ask at the same moment have it. */
async function takeEnvelope(tx: Tx, ctx: Context, vmId: string) {
  const rows = await tx.$queryRaw<{ username: string; sealed: unknown }[]>`
    SELECT username, envelope AS sealed FROM vm_initial_passwords WHERE vm_id = ${vmId} FOR UPDATE`;
  const row = rows[0];
  if (row === undefined) throw new AppError("RESOURCE_NOT_FOUND", { resource: "initial_password" });
  if (row.sealed === null)
    throw new AppError("INVALID_STATE", { object: "initial_password", state: "revealed" });
  await tx.vmInitialPassword.update({
    where: { vmId },
    data: { envelope: Prisma.DbNull, revealedAt: ctx.now, revealedBy: actorId(ctx.actor) },
    select: { vmId: true },
  });
  return row;
}
