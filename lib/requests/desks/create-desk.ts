import type { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { checkSettings } from "./check-settings";
import { keepSecrets, sealSecrets } from "./keep-secrets";
import type { CreateDesk } from "./schema";

/** Takes an approval system in; switched on, it gets the requests of its routes from then on. */
export async function createDesk(ctx: Context, input: CreateDesk): Promise<{ id: string; name: string }> {
  await authorize(db(), ctx, "platform:admin");
  checkSettings(input);
  const id = newId();
  const sealed = await sealSecrets(id, input);
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "platform:admin");
      await requireStepUp(tx, ctx, "change_sign_in");
      await tx.externalApprovalSystem.create({
        data: { id, enabled: input.enabled, createdBy: actorId(ctx.actor), ...deskColumns(input) },
        select: { id: true },
      });
      const kept = await keepSecrets(tx, id, sealed);
      await recordAudit(tx, ctx, {
        action: "external_approval_system.create",
        resource: { type: "external_approval_system", id, name: input.name },
        details: { ...shownColumns(input), enabled: input.enabled, kept },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}

type Settings = Pick<
  CreateDesk,
  | "type"
  | "name"
  | "webhookUrl"
  | "caCertificate"
  | "config"
  | "statusMapping"
  | "routes"
  | "timeoutSeconds"
  | "retryCount"
  | "retryBackoffSeconds"
  | "pollSeconds"
  | "sortOrder"
>;

/** The row without its secrets, which stand elsewhere. */
export function deskColumns(input: Settings) {
  const { type, name, webhookUrl, caCertificate, config, statusMapping, routes, ...rest } = input;
  const { timeoutSeconds, retryCount, retryBackoffSeconds, pollSeconds, sortOrder } = rest;
  return {
    ...{ type, name, webhookUrl, caCertificate, timeoutSeconds, retryCount },
    ...{ retryBackoffSeconds, pollSeconds, sortOrder },
    // Parsed input is JSON.
    config: config as Prisma.InputJsonObject,
    statusMapping: statusMapping as Prisma.InputJsonObject,
    routes: routes as unknown as Prisma.InputJsonArray,
  };
}

/** For the record: everything but the certificate's text. */
export function shownColumns(input: Settings) {
  const { caCertificate, ...rest } = deskColumns(input);
  return { ...rest, ownAuthority: caCertificate !== null };
}
