import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";

/** A step: limits are said of people who exist, by their id or their user name. */
export async function requireKnownUser(tx: Tx, userId: string): Promise<{ id: string; username: string }> {
  const user = await tx.user.findFirst({
    where: { OR: [{ id: userId }, { username: userId }] },
    select: { id: true, username: true },
  });
  if (user === null) throw new AppError("RESOURCE_NOT_FOUND", { resource: "user" });
  return user;
}
