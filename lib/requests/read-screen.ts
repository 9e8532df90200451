import { requireStepUp } from "@/lib/access/require-step-up";
import { findLiveGrant } from "@/lib/console/queries";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { lookAtScreen } from "@/lib/vms/thumbnail/queries";
import type { ScreenPicture, ScreenStanding } from "@/lib/vms/thumbnail/schema";
import { decideByPolicy } from "./policies/queries";
import { requireConsolePlace } from "./read-console-access";

/** What the person may see of a VM's screen: whoever would need an approval for the console needs it for its picture. */
export async function readScreenStanding(ctx: Context, vmId: string): Promise<ScreenStanding> {
  try {
    const vm = await requireConsolePlace(db(), ctx, vmId);
    if (!["RUNNING", "PAUSED", "MIGRATING"].includes(vm.status)) return { kind: "no_screen" };
    const userId = actorId(ctx.actor);
    const [policy, grant] = await Promise.all([
      decideByPolicy(db(), { operation: "VNC_ACCESS", requesterId: userId, demand: null, ...vm }),
      findLiveGrant(db(), { userId, vmId }),
    ]);
    if (policy.effect === "deny") return { kind: "no_permission" };
    if (policy.effect !== "run" && grant === null) return { kind: "needs_grant" };
    if (vm.environmentClass === "prod") await requireStepUp(db(), ctx, "open_production_console");
    return { kind: "open" };
  } catch (error) {
    if (error instanceof AppError && error.code === "PERMISSION_DENIED") return { kind: "no_permission" };
    if (error instanceof AppError && error.code === "MFA_REQUIRED") return { kind: "needs_step_up" };
    throw error;
  }
}

/**
 * The small picture of a VM's screen.
 * @throws VM_NOT_FOUND, PERMISSION_DENIED where a live grant is missing, MFA_REQUIRED in production,
 *   INVALID_STATE where there is no screen to see
 */
export async function readScreen(ctx: Context, vmId: string): Promise<ScreenPicture> {
  const standing = await readScreenStanding(ctx, vmId);
  switch (standing.kind) {
    case "no_permission":
      throw new AppError("PERMISSION_DENIED", { permission: "vnc:access" });
    case "needs_grant":
      throw new AppError("PERMISSION_DENIED", { permission: "vnc:access", reason: "APPROVAL_REQUIRED" });
    case "needs_step_up":
      await requireStepUp(db(), ctx, "open_production_console");
      break;
    case "no_screen":
      throw new AppError("INVALID_STATE", { object: "vm", reason: "NO_SCREEN" });
    case "open":
  }
  return takePicture(ctx, vmId);
}

async function takePicture(ctx: Context, vmId: string): Promise<ScreenPicture> {
  const { picture, why } = await lookAtScreen(ctx, vmId);
  if (picture !== null) return picture;
  if (why === "unreachable" || why === "refused") throw new AppError("CLUSTER_UNAVAILABLE");
  throw new AppError("INVALID_STATE", {
    object: "vm",
    reason: why === "denied" ? "SCREEN_DENIED" : "NO_SCREEN",
  });
}
