import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { settingDefinitions } from "@/lib/vocabulary/settings";
import { isFactorFresh } from "./rules";

/** What asks for a fresh second factor. */
export type StepUpPurpose =
  | "approve_in_production"
  | "open_production_console"
  | "change_cluster_credentials"
  | "grant_role"
  | "change_sign_in"
  | "issue_elevated_token"
  | "break_glass"
  | "export_recording";

/**
 * Beside the permission: a second factor proved within the last minutes (setting mfa.step_up_minutes).
 * @throws MFA_REQUIRED {purpose, isEnrolled, maxAgeMinutes}
 */
export async function requireStepUp(tx: Tx, ctx: Context, purpose: StepUpPurpose): Promise<void> {
  if (ctx.actor.kind === "platform") return;
  if (ctx.actor.kind === "anonymous") throw new AppError("UNAUTHORIZED");
  const maxAgeMinutes = await readMaxAge(tx);
  if (isFactorFresh(ctx.actor, ctx.now, maxAgeMinutes)) return;
  throw new AppError("MFA_REQUIRED", { purpose, isEnrolled: ctx.actor.hasSecondFactor, maxAgeMinutes });
}

/** Read here because the settings room stands on this one. */
async function readMaxAge(tx: Tx): Promise<number> {
  const key = "mfa.step_up_minutes";
  const row = await tx.platformSetting.findUnique({ where: { key }, select: { value: true } });
  const value = row?.value ?? settingDefinitions[key].default;
  return typeof value === "number" ? value : settingDefinitions[key].default;
}
