import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aMailServer, aReader, deliveryOf, tell } from "@/e2e/factories/notice";
import { startMailboxLab, type MailboxLab } from "@/e2e/lab/mailbox/server";
import { db } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import { markAllRead } from "../mark-all-read";
import { listDueDigests, readPreferences } from "./queries";
import { nextDigestAt } from "./rules";
import { setPreferencesInput } from "./schema";
import { sendDigest } from "./send-digest.handler";
import { setPreferences } from "./set-preferences";
import { deliverNotice } from "../deliveries/deliver-notice.handler";

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
  lab.mails.length = 0;
});
afterAll(async () => {
  await lab.stop();
  await closeJobs();
});

const usual = {
  mail: {},
  digest: "daily",
  digestHour: 8,
  digestWeekday: 1,
  timeZone: "Europe/Berlin",
  locale: "en",
};
const wish = (changes: object = {}) => setPreferencesInput.parse({ ...usual, ...changes });
const asked = {
  kind: "APPROVAL_PENDING",
  ticketId: "ticket-1",
  params: { requester: "Amir", operation: "CREATE_VM", system: "shop", service: "checkout" },
} as const;

describe("the hour of a digest", () => {
  const choice = { digest: "daily", digestHour: 8, digestWeekday: 1, timeZone: "Europe/Berlin" } as const;
  const at = (text: string, changes: object = {}) =>
    nextDigestAt({ ...choice, ...changes }, new Date(text))?.toISOString();

  test("is the person's own, in summer and in winter", () => {
    expect(at("2026-07-01T05:00:00Z")).toBe("2026-07-01T06:00:00.000Z");
    expect(at("2026-07-01T06:00:00Z")).toBe("2026-07-02T06:00:00.000Z");
    expect(at("2026-12-01T05:00:00Z")).toBe("2026-12-01T07:00:00.000Z");
    expect(at("2026-07-01T23:30:00Z", { timeZone: "Asia/Shanghai" })).toBe("2026-07-02T00:00:00.000Z");
  });

  test("comes once in the nights in which clocks jump", () => {
    expect(at("2026-03-28T23:30:00Z", { digestHour: 2 })).toBe("2026-03-29T01:00:00.000Z");
    const first = at("2026-10-24T23:30:00Z", { digestHour: 2 }) ?? "";
    expect(["2026-10-25T00:00:00.000Z", "2026-10-25T01:00:00.000Z"]).toContain(first);
    expect(at(first, { digestHour: 2 })).toBe("2026-10-26T01:00:00.000Z");
  });

  test("is on the weekday that was chosen", () => {
    expect(at("2026-11-23T08:00:00Z", { digest: "weekly", digestWeekday: 1 })).toBe(
      "2026-11-30T07:00:00.000Z",
    );
    expect(at("2026-11-23T08:00:00Z", { digest: "weekly", digestWeekday: 7 })).toBe(
      "2026-11-29T07:00:00.000Z",
    );
    expect(at("2026-11-23T08:00:00Z", { digest: "off" })).toBeUndefined();
  });
});

describe("a digest", () => {
  /** Somebody whose hour has come, with two entries waiting. */
  async function aDueReader() {
    const ctx = await aReader();
    await setPreferences(ctx, wish({ mail: { APPROVAL_PENDING: "digest" } }));
    expect(await tell([ctx.actor.id], asked)).toEqual([]);
    await tell([ctx.actor.id], {
      ...asked,
      ticketId: "ticket-2",
      params: { ...asked.params, system: "<i>bank</i>" },
    });
    await makeItsHour(ctx.actor.id);
    return ctx;
  }
  const makeItsHour = (userId: string) =>
    db()
      .$executeRaw`UPDATE notice_preferences SET next_digest_at = now() - interval '1 second' WHERE user_id = ${userId}`;
  const digestsOf = (recipientId: string) =>
    db().noticeDelivery.findMany({ where: { recipientId, purpose: "digest" } });

  test("collects what was not read, with a link each, and comes once", async () => {
    const { actor } = await aDueReader();
    expect(await listDueDigests()).toContainEqual({ userId: actor.id });
    await Promise.all(Array.from({ length: 5 }, () => sendDigest({ userId: actor.id })));
    const digests = await digestsOf(actor.id);
    expect(digests).toHaveLength(1);
    await deliver(digests.map(({ id }) => id));
    const mail = lab.mails[0];
    expect(mail?.subject).toBe("2 unread notices");
    expect(mail?.text).toContain("Hello Rosa Lindqvist");
    expect(mail?.text).toMatch(
      /- Waiting for your decision: a virtual machine in shop\n {2}http.*\/approvals\/ticket-1/,
    );
    expect(mail?.html).toContain("&lt;i&gt;bank&lt;/i&gt;");
    expect(mail?.html).not.toContain("<i>");
    expect(await listDueDigests()).not.toContainEqual({ userId: actor.id });
  });

  test("does not tell again what the last one told", async () => {
    const { actor } = await aDueReader();
    await sendDigest({ userId: actor.id });
    await makeItsHour(actor.id);
    await sendDigest({ userId: actor.id });
    expect(await digestsOf(actor.id)).toHaveLength(1);
  });

  test("is not sent once everything was read", async () => {
    const ctx = await aDueReader();
    await sendDigest({ userId: ctx.actor.id });
    await markAllRead(ctx);
    const [digest] = await digestsOf(ctx.actor.id);
    await deliver([digest?.id ?? ""]);
    expect(await deliveryOf(digest?.id ?? "")).toMatchObject({ status: "SKIPPED", outcome: "all_read" });
    expect(lab.mails).toEqual([]);
  });
});

describe("preferences", () => {
  test("say the usual until somebody chooses, and keep what is left out", async () => {
    const ctx = await aReader();
    expect(await readPreferences(ctx)).toMatchObject({
      mail: { APPROVAL_PENDING: "now", VM_STATUS_CHANGE: "off" },
    });
    await setPreferences(ctx, wish({ mail: { VM_STATUS_CHANGE: "now" } }));
    const now = await setPreferences(ctx, wish({ mail: { REQUEST_COMMENT: "off" }, locale: "zh-CN" }));
    expect(now).toMatchObject({
      mail: { VM_STATUS_CHANGE: "now", REQUEST_COMMENT: "off", APPROVAL_PENDING: "now" },
      ...{ locale: "zh-CN", nextDigestAt: null },
    });
  });

  test.each(["Mars/Olympus", "", "UTC; DROP TABLE users"])("%j is no time zone", (timeZone) => {
    expect(setPreferencesInput.safeParse({ ...usual, timeZone }).success).toBe(false);
  });

  test("are not changed by whoever only looks at the portal as somebody else", async () => {
    const ctx = await aReader();
    const viewedBy = { id: "x", username: "x", displayName: "x" };
    const asOther = { ...ctx, actor: { ...ctx.actor, viewedBy } };
    await expect(setPreferences(asOther, wish())).rejects.toMatchObject({ code: "VIEW_ONLY" });
  });
});
