import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { findToken } from "./store";

/** A step: whose session this is. @throws INVALID_STATE where nobody holds the console by it any more */
export async function findHolder(tx: Tx, { vmId, jti }: { vmId: string; jti: string }): Promise<string> {
  const session = await findToken(tx, jti);
  const isHeld = session?.vmId === vmId && session.isOpen && session.mode === "control";
  if (!isHeld) throw new AppError("INVALID_STATE", { object: "console", state: "free", move: "ask" });
  return session.userId;
}
