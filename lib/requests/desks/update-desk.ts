import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { checkSettings } from "./check-settings";
import { deskColumns, shownColumns } from "./create-desk";
import { keepSecrets, sealSecrets } from "./keep-secrets";
import { secretDestination } from "./rules";
import type { UpdateDesk } from "./schema";
import { lockDesk, type DeskSettings } from "./store";

/**
 * The settings come whole; secrets that are absent stay, unless the desk moves to another server: what was given for one is
 * not carried to another.
 * @throws CONFLICT for a version that is not the newest, VALIDATION_FAILED for what may not be called
 */
export async function updateDesk(ctx: Context, input: UpdateDesk): Promise<{ version: number }> {
  await authorize(db(), ctx, "platform:admin");
  checkSettings(input);
  const sealed = await sealSecrets(input.deskId, input);
  try {
    return await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      await requireStepUp(tx, ctx, "change_sign_in");
      const desk = await lockDesk(tx, input.deskId);
      if (desk.version !== input.version)
        throw new AppError("CONFLICT", { object: "external_approval_system" });
      if (desk.settings.type !== input.type) throw fieldRefused("type", "not_allowed");
      await requireSecretsStay(tx, desk, input);
      const { version } = await tx.externalApprovalSystem.update({
        where: { id: desk.id },
        data: { ...deskColumns(input), version: { increment: 1 } },
        select: { version: true },
      });
      const renewed = await keepSecrets(tx, desk.id, sealed);
      await recordAudit(tx, ctx, {
        action: "external_approval_system.update",
        resource: { type: "external_approval_system", id: desk.id, name: input.name },
        details: { before: shownColumns(settingsOf(desk)), after: shownColumns(input), renewed },
      });
      return { version };
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
}

function settingsOf({ settings, ...desk }: DeskSettings) {
  return { ...desk, ...settings };
}

async function requireSecretsStay(tx: Tx, desk: DeskSettings, input: UpdateDesk): Promise<void> {
  if (!movesAway(desk, input)) return;
  const kept = await tx.externalApprovalSecret.findMany({
    where: { externalSystemId: desk.id, endsAt: null, name: { in: ["headers", "credentials"] } },
    select: { name: true },
  });
  const missing = kept.find(
    ({ name }) => (name === "headers" ? input.headers : input.credentials) === undefined,
  );
  if (missing !== undefined) throw fieldRefused(missing.name, "required");
}

function movesAway(desk: DeskSettings, input: UpdateDesk): boolean {
  const places = [desk.webhookUrl];
  if (desk.settings.type === "webhook" && desk.settings.config.statusUrl !== null)
    places.push(desk.settings.config.statusUrl);
  const wanted = [input.webhookUrl];
  if (input.type === "webhook" && input.config.statusUrl !== null) wanted.push(input.config.statusUrl);
  const known = places.map(secretDestination);
  return wanted.some((place) => !known.includes(secretDestination(place)));
}
