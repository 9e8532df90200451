import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";

const dayMs = 86_400_000;

/** What the calendar and the limits say around the System: a window, a freeze, a quota, an exemption, a reason. */
export async function furnishRules(place: { canary: string; systemId: string; accountId: string }) {
  const { canary, systemId, accountId } = place;
  await db().quota.create({
    data: { systemId, environment: "test", vms: 9_000, updatedBy: "test" },
    select: { systemId: true },
  });
  const soon = new Date(Date.now() + 30 * dayMs);
  await db().rateLimitExemption.create({
    data: { userId: accountId, exemptedBy: "test", exemptedByName: "test", reason: canary, expiresAt: soon },
    select: { userId: true },
  });
  const [windowId, freezeId, rejectReasonId] = [newId(), newId(), "reject-reason-furnished"];
  const nightly = { startsAt: "22:00", durationMinutes: 60, timeZone: "UTC", updatedBy: "test" };
  await db().changeWindow.create({
    data: { ...nightly, id: windowId, environment: canary, name: canary, weekdays: [1] },
    select: { id: true },
  });
  const later = { startsAt: new Date(Date.now() + 900 * dayMs), endsAt: new Date(Date.now() + 901 * dayMs) };
  await db().changeFreeze.create({
    data: { ...later, id: freezeId, environment: canary, reason: canary, updatedBy: "test" },
    select: { id: true },
  });
  // There may be fifty of them in all.
  const words = { textEn: "No room", textZh: "没有空间" };
  await db().rejectReason.upsert({
    where: { id: rejectReasonId },
    create: { id: rejectReasonId, ...words },
    update: words,
    select: { id: true },
  });
  return { windowId, freezeId, rejectReasonId };
}

/** A machine with an end, hours to run, and the ingredients it was made of. */
export async function keepMachine(
  vmId: string,
  made: { templateId: string; sizeId: string; ownerId: string },
): Promise<void> {
  const { templateId, sizeId: instanceSizeId, ownerId } = made;
  await db().vm.update({ where: { id: vmId }, data: { templateId, instanceSizeId }, select: { id: true } });
  const expiresAt = new Date(Date.now() + 10 * dayMs);
  await db().vmLifetime.create({ data: { vmId, expiresAt }, select: { vmId: true } });
  const entries = [{ action: "stop", weekdays: [1], time: "19:00" }];
  const next = { nextAt: new Date(Date.now() + dayMs), nextAction: "stop" };
  await db().powerSchedule.create({
    data: { vmId, timeZone: "UTC", entries, setBy: ownerId, ...next },
    select: { vmId: true },
  });
}
