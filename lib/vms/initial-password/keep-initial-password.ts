import type { Prisma } from "@/prisma/generated/client";
import { sealFor } from "@/lib/core/keyring";
import type { Tx } from "@/lib/core/transaction";
import { bindingOf } from "./store";

/** A step of the approval: the password waits, sealed, until its owner looks at it once. The machine's row must be there. */
export async function keepInitialPassword(
  tx: Tx,
  vmId: string,
  { username, password }: { username: string; password: string },
): Promise<void> {
  const sealed = await sealFor("web", password, bindingOf(vmId));
  await tx.vmInitialPassword.create({
    // An envelope is plain text members and numbers.
    data: { vmId, username, envelope: { ...sealed } as Prisma.InputJsonObject },
    select: { vmId: true },
  });
}
