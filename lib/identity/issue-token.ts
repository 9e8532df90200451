import { randomBytes } from "node:crypto";
import { listEnvironments } from "@/lib/access/queries";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { readSetting } from "@/lib/settings/read-setting";
import { hashToken } from "./check-token";
import { elevatedDaysMax } from "./rules";
import type { IssuedToken, IssueServiceToken, IssueToken } from "./tokens/schema";
import { lockManagedUser, requireOwnSession } from "./store";

const dayMs = 86_400_000;
/** A list that fits on a screen stays in view of its owner. */
const tokensMax = 50;

/**
 * A key for programs that act as this person; it is answered only here.
 * @throws MFA_REQUIRED for an elevated one, VALIDATION_FAILED
 */
export function issueToken(ctx: Context, input: IssueToken): Promise<IssuedToken> {
  return inTransaction(async (tx) => {
    const owner = requireOwnSession(ctx);
    if (input.elevated) await requireStepUp(tx, ctx, "issue_elevated_token");
    return writeToken(tx, ctx, owner, input);
  });
}

/** The same for a service account, by whoever manages users; always under a fresh second factor. */
export function issueServiceToken(ctx: Context, input: IssueServiceToken): Promise<IssuedToken> {
  return inTransaction(async (tx) => {
    requireOwnSession(ctx);
    const owner = await lockManagedUser(tx, ctx, input.userId);
    if (owner.authType !== "service") throw new AppError("RESOURCE_NOT_FOUND", { type: "service_account" });
    if (!owner.enabled) throw new AppError("INVALID_STATE", { object: "disabled_account" });
    await requireStepUp(tx, ctx, input.elevated ? "issue_elevated_token" : "change_sign_in");
    return writeToken(tx, ctx, owner, input);
  });
}

interface Owner {
  id: string;
  username: string;
}

async function writeToken(tx: Tx, ctx: Context, owner: Owner, input: IssueToken): Promise<IssuedToken> {
  await requireRoom(tx, ctx, owner);
  await requireLifetime(tx, input);
  const environments = await requireEnvironments(input);
  const { name, elevated } = input;
  const token = `shp_${randomBytes(32).toString("base64url")}`;
  const permissions = input.permissions === null ? null : [...new Set(input.permissions)];
  const expiresAt = new Date(ctx.now.getTime() + input.expiresInDays * dayMs);
  const id = newId();
  await tx.apiToken.create({
    data: {
      id,
      name,
      elevated,
      environments,
      expiresAt,
      userId: owner.id,
      hash: hashToken(token),
      permissions: permissions ?? [],
      isRestricted: permissions !== null,
      createdBy: actorId(ctx.actor),
    },
    select: { id: true },
  });
  await recordAudit(tx, ctx, {
    action: "token.issue",
    resource: { type: "api_token", id, name },
    parent: { type: "user", id: owner.id },
    details: { owner: owner.username, permissions, environments, elevated, expiresAt },
  });
  return { id, name, token, expiresAt };
}

/** Issuing waits for the owner's row, so that many at once do not exceed the limit. */
async function requireRoom(tx: Tx, ctx: Context, owner: Owner): Promise<void> {
  await tx.$executeRaw`SELECT FROM users WHERE id = ${owner.id} FOR UPDATE`;
  const count = await tx.apiToken.count({
    where: { userId: owner.id, revokedAt: null, expiresAt: { gt: ctx.now } },
  });
  if (count >= tokensMax) throw fieldRefused("name", "too_many_tokens", { maximum: tokensMax });
}

async function requireLifetime(tx: Tx, { expiresInDays, elevated }: IssueToken): Promise<void> {
  const lifetimeMax = await readSetting(tx, "token.lifetime_days_max");
  const maximum = elevated ? Math.min(elevatedDaysMax, lifetimeMax) : lifetimeMax;
  if (expiresInDays > maximum) throw fieldRefused("expiresInDays", "too_far", { maximum });
}

async function requireEnvironments({ environments }: IssueToken): Promise<string[]> {
  const known = new Set((await listEnvironments()).map(({ name }) => name));
  const asked = [...new Set(environments)];
  if (!asked.every((name) => known.has(name))) throw fieldRefused("environments", "not_found");
  return asked;
}
