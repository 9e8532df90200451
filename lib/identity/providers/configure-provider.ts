import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import type { Envelope } from "@/lib/core/secrets";
import { inTransaction } from "@/lib/core/transaction";
import { checkSettings } from "./check-settings";
import { namesOfSecrets, sealSecrets } from "./open-secrets";
import { serverOf, usualMapping } from "./rules";
import type { ConfigureProvider } from "./schema";

/** Takes a sign-in server in; nobody can use it before it is switched on, and nobody gets a role before a mapping says so. */
export async function configureProvider(
  ctx: Context,
  input: ConfigureProvider,
): Promise<{ id: string; name: string }> {
  checkSettings(input);
  const id = newId();
  const sealed = await sealSecrets(id, input.secrets);
  try {
    await inTransaction(async (tx) => {
      await authorize(tx, ctx, "auth_provider:configure");
      await requireStepUp(tx, ctx, "change_sign_in");
      await tx.authProvider.create({ data: rowOf(ctx, input, { id, sealed }), select: { id: true } });
      await recordAudit(tx, ctx, {
        action: "auth_provider.configure",
        resource: { type: "auth_provider", id, name: input.name },
        details: {
          authType: input.authType,
          server: serverOf(input),
          config: input.config,
          kept: namesOfSecrets(input.secrets),
          enabled: input.enabled,
        },
      });
    });
  } catch (error) {
    if (isUniqueViolation(error, "name")) throw fieldRefused("name", "already_exists", { name: input.name });
    throw error;
  }
  return { id, name: input.name };
}

function rowOf(
  ctx: Context,
  input: ConfigureProvider,
  { id, sealed }: { id: string; sealed: Envelope | null },
): Prisma.AuthProviderCreateInput {
  const { name, authType, enabled, sortOrder, requireMfa, config } = input;
  return {
    ...{ id, name, authType, enabled, sortOrder, requireMfa, config },
    secrets: sealed ?? Prisma.DbNull,
    claimsMapping: input.claimsMapping ?? usualMapping(authType),
    syncIntervalMinutes: authType === "ldap" ? input.syncIntervalMinutes : null,
    createdBy: actorId(ctx.actor),
  };
}
