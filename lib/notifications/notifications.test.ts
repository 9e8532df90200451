import { expect, test } from "vitest";
import { aReader } from "@/e2e/factories/notice";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { inTransaction } from "@/lib/core/transaction";
import { notifyUsers } from "./notify-users";
import { listNotifications } from "./queries";
import { removeOldNotices } from "./remove-old-notices";
import { notificationFilter } from "./schema";

const filter = (changes: object = {}) => notificationFilter.parse(changes);
const expiry = { kind: "VM_EXPIRY", params: { vm: "a", days: 3 } } as const;
const comment = { kind: "REQUEST_COMMENT", ticketId: "t1", params: { author: "Amir" } } as const;

test("an inbox shows one kind alone, page by page", async () => {
  const ctx = await aReader();
  for (const notice of [expiry, comment, expiry, expiry]) {
    await inTransaction((tx) => notifyUsers(tx, [ctx.actor.id], notice));
  }
  const first = await listNotifications(ctx, filter({ kind: "VM_EXPIRY", perPage: 2 }));
  const second = await listNotifications(
    ctx,
    filter({ kind: "VM_EXPIRY", perPage: 2, cursor: first.nextCursor }),
  );
  expect([first.items.length, second.items.length, second.nextCursor]).toEqual([2, 1, null]);
  expect([...first.items, ...second.items].map(({ type }) => type)).toEqual(Array(3).fill("VM_EXPIRY"));
});

test("the same person is told once, whoever names them twice", async () => {
  const ctx = await aReader();
  await inTransaction((tx) => notifyUsers(tx, [ctx.actor.id, ctx.actor.id], comment));
  expect((await listNotifications(ctx, filter())).items).toHaveLength(1);
});

test("without a mail server and channels, nothing leaves and no work is made", async () => {
  const ctx = await aReader();
  await inTransaction((tx) => notifyUsers(tx, [ctx.actor.id], comment));
  expect(await db().noticeDelivery.count()).toBe(0);
});

test("ninety days later entries and deliveries are gone, and younger ones stay", async () => {
  const ctx = await aReader();
  const days = (count: number) => new Date(Date.now() - count * 86_400_000);
  for (const createdAt of [days(91), days(89)]) {
    const recipientId = ctx.actor.id;
    await db().notification.create({ data: { id: newId(), recipientId, type: "VM_EXPIRY", createdAt } });
    const delivery = { id: newId(), medium: "mail", recipientId, type: "VM_EXPIRY", createdAt };
    await db().noticeDelivery.create({ data: { ...delivery, status: "SKIPPED" } });
  }
  await removeOldNotices();
  expect(await db().notification.count({ where: { recipientId: ctx.actor.id } })).toBe(1);
  expect(await db().noticeDelivery.count({ where: { recipientId: ctx.actor.id } })).toBe(1);
});
