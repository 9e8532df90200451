import { actorId, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import type { ConsoleType } from "./rules";
import { findControl } from "./store";

interface Console {
  vmId: string;
  consoleType: ConsoleType;
}

/** A step: nobody else has the keys; one's own other window makes way by itself. */
export async function requireConsoleFree(tx: Tx, ctx: Context, place: Console): Promise<void> {
  const held = await findControl(tx, place);
  if (held === null || held.userId === actorId(ctx.actor)) return;
  throw new AppError("CONSOLE_IN_USE", { by: held.displayName, since: held.since.toISOString() });
}

/** A step: there is somebody to watch. */
export async function requireConsoleHeld(tx: Tx, place: Console): Promise<void> {
  if ((await findControl(tx, place)) !== null) return;
  throw new AppError("INVALID_STATE", { object: "console", state: "free", move: "watch" });
}
