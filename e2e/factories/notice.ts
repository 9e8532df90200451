import type { MailboxLab } from "@/e2e/lab/mailbox/server";
import type { Context, Person } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { inTransaction } from "@/lib/core/transaction";
import { createChannel } from "@/lib/notifications/channels/create-channel";
import { createChannelInput, type CreateChannel } from "@/lib/notifications/channels/schema";
import { mailServerId } from "@/lib/notifications/mail/rules";
import { updateMailServerInput, type UpdateMailServer } from "@/lib/notifications/mail/schema";
import { updateMailServer } from "@/lib/notifications/mail/update-mail-server";
import { notifyUsers } from "@/lib/notifications/notify-users";
import { anAdministrator, aPerson } from "./person";

/** Somebody who can be written to. */
export async function aReader({
  locale,
  displayName = "Rosa Lindqvist",
}: { locale?: string; displayName?: string } = {}): Promise<Context & { actor: Person }> {
  const ctx = await aPerson(null);
  const email = `${ctx.actor.username}@mailbox.lab`;
  await db().user.update({ where: { id: ctx.actor.id }, data: { email, displayName }, select: { id: true } });
  if (locale !== undefined) {
    await db().userPreference.create({
      data: { userId: ctx.actor.id, key: "locale", value: locale },
      select: { key: true },
    });
  }
  return ctx;
}

/** The platform's mail goes to the lab's mailbox. */
export async function aMailServer(lab: MailboxLab, changes: Partial<UpdateMailServer> = {}): Promise<void> {
  const known = await db().mailServer.findUnique({ where: { id: mailServerId }, select: { version: true } });
  const { host, port, username, password } = lab.smtp;
  const input = updateMailServerInput.parse({
    ...{ enabled: true, host, port, username, password, security: "starttls" },
    ...{ fromAddress: "shepherd@mailbox.lab", fromName: "Shepherd", caCertificate: lab.caCertificate },
    version: known?.version ?? 0,
    ...changes,
  });
  await updateMailServer(await anAdministrator(), input);
}

let channels = 0;

export async function aChannel(
  lab: MailboxLab,
  changes: Partial<CreateChannel> & Pick<CreateChannel, "medium">,
): Promise<{ id: string; secret: string | null; path: string }> {
  channels += 1;
  const path = `/services/T0${channels}/secret-${channels}`;
  const input = createChannelInput.parse({
    ...{ name: `channel ${channels}`, enabled: true, address: `${lab.hooks.url}${path}` },
    caCertificate: lab.caCertificate,
    ...changes,
  });
  return { ...(await createChannel(await anAdministrator(), input)), path };
}

type Notice = Parameters<typeof notifyUsers>[2];

/** Tells it, and gives the deliveries it opened. */
export async function tell(recipientIds: string[], notice: Notice): Promise<string[]> {
  const before = new Set((await db().noticeDelivery.findMany({ select: { id: true } })).map(({ id }) => id));
  await inTransaction((tx) => notifyUsers(tx, recipientIds, notice));
  const after = await db().noticeDelivery.findMany({ select: { id: true } });
  return after.map(({ id }) => id).filter((id) => !before.has(id));
}

/** Time is moved by moving the row. */
export async function makeDue(deliveryId: string): Promise<void> {
  await db().$executeRaw`
    UPDATE notice_deliveries SET next_at = now() - interval '2 seconds', lease_until = NULL WHERE id = ${deliveryId}`;
}

export function deliveryOf(id: string) {
  return db().noticeDelivery.findUniqueOrThrow({ where: { id } });
}
