import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aMailServer, aReader, deliveryOf, makeDue, tell } from "@/e2e/factories/notice";
import { anAdministrator } from "@/e2e/factories/person";
import { startMailboxLab, type MailboxLab } from "@/e2e/lab/mailbox/server";
import { db } from "@/lib/core/db";
import { startConsumer } from "@/lib/core/consume-jobs";
import { closeJobs } from "@/lib/core/jobs";
import { setPreferences } from "../preferences/set-preferences";
import { updateTemplate } from "../templates/update-template";
import { deliverNotice } from "./deliver-notice.handler";
import { deliverNoticeJob, startDeliveriesJob } from "./jobs";
import { listDueDeliveries } from "./queries";
import { retryDelivery } from "./retry-delivery";
import { startDeliveries } from "./start-deliveries.handler";

/** As the worker does it. */
async function deliver(deliveryIds: string[]): Promise<void> {
  for (const deliveryId of deliveryIds) await deliverNotice({ deliveryId });
}

let lab: MailboxLab;

beforeAll(async () => {
  lab = await startMailboxLab();
  await aMailServer(lab);
});
beforeEach(() => {
  lab.faults.clear();
  lab.mails.length = 0;
});
afterAll(async () => {
  await lab.stop();
  await closeJobs();
});

const asked = {
  kind: "APPROVAL_PENDING",
  ticketId: "ticket-1",
  params: { requester: "Amir", operation: "CREATE_VM", system: "shop", service: "checkout", vm: null },
} as const;

/** One person, one notice, one mail row. */
async function aMail(
  notice: Parameters<typeof tell>[1] = asked,
  reader?: { locale?: string; displayName?: string },
) {
  const ctx = await aReader(reader);
  const [id = ""] = await tell([ctx.actor.id], notice);
  return { ctx, id };
}

describe("a mail", () => {
  test("arrives over TLS with the words of the notice and a link to the desk", async () => {
    const { ctx, id } = await aMail();
    await deliver([id]);
    expect(lab.mails).toHaveLength(1);
    const mail = lab.mails[0];
    expect(mail).toMatchObject({
      from: "shepherd@mailbox.lab",
      to: [`${ctx.actor.username}@mailbox.lab`],
      subject: "Waiting for your decision: a virtual machine in shop",
      isEncrypted: true,
      user: "shepherd",
    });
    expect(mail?.text).toContain("Amir asks for a virtual machine in shop.\nService: checkout\n");
    expect(mail?.text).toContain("/approvals/ticket-1");
    expect(mail?.html).toMatch(/<a href="http[^"]+\/approvals\/ticket-1">/);
    expect(mail?.text).not.toContain("Machine:");
    expect(mail?.headers["auto-submitted"]).toContain("auto-generated");
    expect(mail?.messageId).toContain(id);
    expect(await deliveryOf(id)).toMatchObject({
      status: "SENT",
      attempts: 1,
      outcome: "sent",
      responseCode: 250,
    });
  });

  test("comes in the reader's language", async () => {
    const { id } = await aMail(asked, { locale: "zh-CN" });
    await deliver([id]);
    expect(lab.mails[0]?.subject).toBe("待您审批：shop 的创建虚拟机");
  });

  test("is sent once, however many workers take it", async () => {
    const { id } = await aMail();
    await Promise.all(Array.from({ length: 8 }, () => deliverNotice({ deliveryId: id })));
    expect(lab.mails).toHaveLength(1);
    await deliver([id]);
    expect(lab.mails).toHaveLength(1);
  });

  test("that a server puts off is tried again under the same Message-ID", async () => {
    lab.faults.set({ mailCode: 451, mailTimes: 1 });
    const { id } = await aMail();
    await deliver([id]);
    const waiting = await deliveryOf(id);
    expect(waiting).toMatchObject({ status: "PENDING", attempts: 1, outcome: "refused", responseCode: 451 });
    expect(waiting.nextAt.getTime()).toBeGreaterThan(Date.now() + 10_000);
    await deliver([id]);
    expect(lab.mails).toHaveLength(0);
    await makeDue(id);
    expect(await listDueDeliveries()).toContainEqual({ deliveryId: id });
    await deliver([id]);
    expect(lab.mails.map(({ messageId }) => messageId)).toEqual([expect.stringContaining(id)]);
    expect(await deliveryOf(id)).toMatchObject({ status: "SENT", attempts: 2 });
  });

  test("that a server refuses for good is not tried again, and an administrator may send it once more", async () => {
    lab.faults.set({ refuseRecipients: true });
    const { id } = await aMail();
    await deliver([id]);
    expect(await deliveryOf(id)).toMatchObject({ status: "FAILED", outcome: "recipient", responseCode: 550 });
    lab.faults.clear();
    const again = await retryDelivery(await anAdministrator(), { deliveryId: id });
    await deliver([again.deliveryId]);
    expect(await deliveryOf(again.deliveryId)).toMatchObject({ status: "SENT", redeliveryOf: id });
    expect(lab.mails).toHaveLength(1);
  });

  test("leaves by the queue, as soon as the change is committed", async () => {
    const consumer = await startConsumer();
    await consumer.complete(startDeliveriesJob, startDeliveries, 2);
    await consumer.begin(deliverNoticeJob, deliverNotice, 4);
    const people = await Promise.all(Array.from({ length: 5 }, () => aReader()));
    await tell(
      people.map(({ actor }) => actor.id),
      asked,
    );
    await expect.poll(() => lab.mails.length).toBe(5);
    await consumer.stop(5_000);
    expect(new Set(lab.mails.map(({ to }) => to[0])).size).toBe(5);
  });

  test("of a worker that died is taken over when its lease is over", async () => {
    const { id } = await aMail();
    await db().$executeRaw`
      UPDATE notice_deliveries SET attempts = 1, holder = 'dead', lease_until = now() + interval '1 minute' WHERE id = ${id}`;
    await deliver([id]);
    expect(lab.mails).toHaveLength(0);
    await makeDue(id);
    await deliver([id]);
    expect(lab.mails).toHaveLength(1);
  });
});

describe("nobody gets mail", () => {
  test("they switched off, while the inbox has it", async () => {
    const ctx = await aReader();
    await setPreferences(ctx, {
      ...{ mail: { APPROVAL_PENDING: "off" }, digest: "off", digestHour: 8, digestWeekday: 1 },
      ...{ timeZone: "UTC", locale: "en" },
    });
    expect(await tell([ctx.actor.id], asked)).toEqual([]);
    expect(await db().notification.count({ where: { recipientId: ctx.actor.id } })).toBe(1);
  });

  test("about a machine's state until they ask for it", async () => {
    const ctx = await aReader();
    const notice = {
      kind: "VM_STATUS_CHANGE",
      params: { vm: "a", operation: "CREATE", succeeded: true },
    } as const;
    expect(await tell([ctx.actor.id], notice)).toEqual([]);
  });

  test("after their account was disabled in between", async () => {
    const { ctx, id } = await aMail();
    await db().user.update({ where: { id: ctx.actor.id }, data: { enabled: false }, select: { id: true } });
    await deliver([id]);
    expect(await deliveryOf(id)).toMatchObject({ status: "SKIPPED", outcome: "no_address" });
    expect(lab.mails).toHaveLength(0);
  });
});

describe("a server that is not what it should be", () => {
  test("gets no mail without a certificate of the trusted authority", async () => {
    const { id } = await aMail();
    const other = await startMailboxLab();
    await aMailServer(lab, { caCertificate: other.caCertificate });
    await deliver([id]);
    expect(await deliveryOf(id)).toMatchObject({ status: "PENDING", outcome: "certificate" });
    expect(lab.mails).toHaveLength(0);
    await aMailServer(lab);
    await other.stop();
  });

  test("is told no password that it refuses twice, and the word says so", async () => {
    const { id } = await aMail();
    await aMailServer(lab, { password: "wrong horse" });
    await deliver([id]);
    const delivery = await deliveryOf(id);
    expect(delivery).toMatchObject({ status: "PENDING", outcome: "credentials", responseCode: 535 });
    expect(JSON.stringify(delivery)).not.toContain("wrong horse");
    await aMailServer(lab);
  });
});

describe("what people write stays text", () => {
  const hostile = "Eve\r\nBcc: all@mailbox.lab\r\n\r\n<img src=x onerror=alert(1)> \u202Egnp.exe {link} <b>";

  test("in subjects, headers, bodies and names", async () => {
    const notice = {
      kind: "APPROVAL_PENDING",
      ticketId: "ticket-2",
      params: { ...asked.params, requester: hostile, system: hostile, service: hostile },
    } as const;
    const { ctx, id } = await aMail(notice, { displayName: hostile });
    await deliver([id]);
    const mail = lab.mails[0];
    expect(lab.mails).toHaveLength(1);
    expect(mail?.to).toEqual([`${ctx.actor.username}@mailbox.lab`]);
    expect(Object.keys(mail?.headers ?? {})).not.toContain("bcc");
    expect(mail?.raw).not.toMatch(/^bcc:/im);
    expect(mail?.subject).not.toMatch(/[\r\n\u202e]/);
    expect(mail?.html).not.toContain("<img");
    expect(mail?.html).not.toContain("<b>");
    expect(mail?.html).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(mail?.html.match(/<a /g)).toHaveLength(2);
  });

  test("in an administrator's own words, too", async () => {
    await updateTemplate(await anAdministrator(), {
      ...{ name: "INFORMATION_GIVEN", locale: "en", version: 0 },
      ...{ subject: "<b>{requester}</b>", body: "<script>alert('{requester}')</script>\n{link}" },
    });
    const { id } = await aMail({
      kind: "INFORMATION_GIVEN",
      ticketId: "t",
      params: { requester: "</script>&" },
    });
    await deliver([id]);
    expect(lab.mails[0]?.subject).toBe("<b></script>&</b>");
    expect(lab.mails[0]?.html).not.toContain("<script>");
    expect(lab.mails[0]?.html).toContain("&lt;script&gt;alert(&#39;&lt;/script&gt;&amp;&#39;)");
  });
});
