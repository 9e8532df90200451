import { isAuthorized } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { isSessionLive } from "@/lib/identity/check-session";
import { mayObserve } from "./require-oversight";
import { endingOf, type ConsoleEnding } from "./rules";
import { findToken, type ConsoleVm } from "./store";

/** Whether an open session may go on: the person's session, their permission, the grant, the VM (spec §0.10). */
export async function recheckConsole(
  ctx: Context,
  { jti, vm, observes }: { jti: string; vm: ConsoleVm; observes: boolean },
): Promise<ConsoleEnding | null> {
  const { systemId, serviceId, environment } = vm;
  const scope = { systemId, serviceId, vmId: vm.id, environment, role: "member" } as const;
  const [token, isLive, isPermitted] = await Promise.all([
    findToken(db(), jti),
    isSessionLive(ctx),
    observes ? mayObserve(db(), ctx, vm) : isAuthorized(db(), ctx, "vnc:access", scope),
  ]);
  if (token === null) return "revoked";
  return endingOf({ ...token, isSessionLive: isLive, isPermitted });
}
