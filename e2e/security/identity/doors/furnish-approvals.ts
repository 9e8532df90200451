import { aSize, aTemplate } from "@/e2e/factories/catalogue";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { requestVm } from "@/lib/requests/request-vm";

type PersonContext = Context & { actor: Person };

export async function aRequest(
  owner: PersonContext,
  { canary, ...place }: { serviceId: string; namespace: string; canary: string },
) {
  const [template, size] = await Promise.all([aTemplate(), aSize()]);
  const wish = { ...place, templateId: template.id, instanceSizeId: size.id, reason: canary };
  const { ticketId, eventId } = await requestVm(owner, wish);
  return { ticketId, eventId, templateId: template.id, sizeId: size.id, sizeName: size.name };
}

/** The owner's request as the one child of a batch; whoever may ask for many may do so as often as they like. */
export async function aBatch({ actor }: PersonContext, ticketId: string): Promise<string> {
  const id = newId();
  const counts = { childCount: 1, pendingCount: 1 };
  await db().batchApprovalTicket.create({
    data: {
      ...{ id, operation: "CREATE", reason: "many", requestId: id, bodyHash: "" },
      ...{ createdBy: actor.id, createdByName: actor.displayName, ...counts },
    },
    select: { id: true },
  });
  await db().approvalTicket.update({
    where: { id: ticketId },
    data: { batchId: id, sequenceNo: 1 },
    select: { id: true },
  });
  for (const [key, value] of Object.entries({
    "batch.cooldown_seconds": 0,
    "batch.pending_parents_global": 10_000,
    "batch.pending_parents_per_user": 100,
  })) {
    const said = { value, updatedBy: "test" };
    await db().platformSetting.upsert({ where: { key }, create: { key, ...said }, update: said });
  }
  return id;
}

/** An approval system outside that is switched off, and a call that was made to it. */
export async function aDesk(canary: string) {
  const [deskId, deskDeliveryId] = [newId(), newId()];
  const webhookUrl = "https://desk.example/approvals";
  const row = { id: deskId, name: `desk ${canary}`, type: "webhook", webhookUrl, createdBy: "test" };
  await db().externalApprovalSystem.create({ data: row, select: { id: true } });
  const call = {
    id: deskDeliveryId,
    externalSystemId: deskId,
    kind: "push",
    outcome: "delivered",
    durationMs: 1,
  };
  await db().externalDelivery.create({ data: call, select: { id: true } });
  return { deskId, deskDeliveryId };
}

/** The owner acts without approval, for an hour. */
export async function anEmergency(
  { actor }: PersonContext,
  systemId: string,
  reason: string,
): Promise<string> {
  const hour = 3_600_000;
  const { id } = await db().emergency.create({
    data: {
      ...{ id: newId(), personId: actor.id, personName: actor.displayName, systemId, systemName: reason },
      ...{ environment: "test", reason, minutes: 60, endsAt: new Date(Date.now() + hour) },
      reviewDueAt: new Date(Date.now() + 72 * hour),
    },
    select: { id: true },
  });
  return id;
}
