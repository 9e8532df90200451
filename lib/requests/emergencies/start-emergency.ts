import type { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { bindResourceRole } from "@/lib/access/bind-resource-role";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import { shownName, type Context, type Person } from "@/lib/core/context";
import { isUniqueViolation } from "@/lib/core/database-failures";
import { AppError, fieldRefused } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { notifyHolders, notifyUsers } from "@/lib/notifications/notify-users";
import { readSetting } from "@/lib/settings/read-setting";
import type { StartEmergency } from "./schema";
import { listSystemKeepers, lockSystem, raiseRole } from "./store";

/**
 * Breaks the glass: for some minutes the person acts on one System and environment as its admin and nobody is asked.
 * Everybody who keeps the System or decides there is told at once, and somebody else has to review it afterwards.
 * @throws MFA_REQUIRED without a fresh second factor, ALREADY_EXISTS while one runs, UNAUTHORIZED for a program
 */
export async function startEmergency(ctx: Context, input: StartEmergency): Promise<{ id: string }> {
  try {
    return await inTransaction(async (tx) => {
      const system = await lockSystem(tx, input.systemId);
      await authorize(tx, ctx, "emergency:use", { systemId: system.id, environment: input.environment });
      const person = requirePerson(ctx);
      await requireStepUp(tx, ctx, "break_glass");
      await requirePlace(tx, input);
      const endsAt = new Date(ctx.now.getTime() + input.minutes * 60_000);
      const id = newId();
      await openEmergency(tx, ctx, { id, person, system, endsAt, input });
      await recordAudit(tx, ctx, {
        action: "emergency.start",
        resource: { type: "emergency", id, name: system.name },
        parent: { type: "system", id: system.id },
        environment: input.environment,
        details: { reason: input.reason, minutes: input.minutes, endsAt },
      });
      await tellEverybody(tx, ctx, { id, person, system, input });
      return { id };
    });
  } catch (error) {
    if (!isUniqueViolation(error, "emergencies_one_running")) throw error;
    throw new AppError("ALREADY_EXISTS", { object: "emergency" });
  }
}

/** A person at the keyboard answers for it; a token never breaks the glass. */
function requirePerson({ actor }: Context): Person {
  if (actor.kind !== "person" || actor.token !== null) throw new AppError("UNAUTHORIZED");
  return actor;
}

async function requirePlace(tx: Tx, { environment, minutes }: StartEmergency): Promise<void> {
  const known = await tx.environment.findUnique({ where: { name: environment }, select: { name: true } });
  if (known === null) throw fieldRefused("environment", "not_found");
  const maximum = await readSetting(tx, "emergency.minutes_max");
  if (minutes > maximum) throw fieldRefused("minutes", "too_large", { maximum });
}

interface Started {
  id: string;
  person: Person;
  system: { id: string; name: string };
  endsAt: Date;
  input: StartEmergency;
}

async function openEmergency(tx: Tx, ctx: Context, started: Started): Promise<void> {
  const { id, person, system, endsAt, input } = started;
  const raised = await raiseRole(tx, { userId: person.id, systemId: system.id });
  const reviewHours = await readSetting(tx, "emergency.review_hours");
  await tx.emergency.create({
    data: {
      id,
      personId: person.id,
      personName: person.displayName,
      systemId: system.id,
      systemName: system.name,
      environment: input.environment,
      reason: input.reason,
      minutes: input.minutes,
      ...(raised === null ? {} : { formerRole: raised as Prisma.InputJsonObject }),
      startedAt: ctx.now,
      endsAt,
      reviewDueAt: new Date(endsAt.getTime() + reviewHours * 3_600_000),
    },
    select: { id: true },
  });
  if (raised === null) return;
  await bindResourceRole(tx, ctx, {
    userId: person.id,
    role: "admin",
    resource: { type: "system", id: system.id },
    expiresAt: endsAt,
    source: "emergency",
  });
}

async function tellEverybody(
  tx: Tx,
  ctx: Context,
  { id, person, system, input }: Omit<Started, "endsAt">,
): Promise<void> {
  const notice = {
    kind: "EMERGENCY_ACCESS",
    resource: { type: "emergency", id },
    params: {
      person: shownName(ctx.actor),
      system: system.name,
      environment: input.environment,
      minutes: input.minutes,
      reason: input.reason.slice(0, 200),
    },
  } as const;
  const keepers = await listSystemKeepers(tx, system.id);
  const { environment } = input;
  const holders = { permission: "builtin_approval:approve", environment, exceptUserId: person.id } as const;
  const deciders = await notifyHolders(tx, { ...holders, systemId: system.id }, notice);
  await notifyUsers(
    tx,
    keepers.filter((keeper) => keeper !== person.id && !deciders.includes(keeper)),
    notice,
  );
}
