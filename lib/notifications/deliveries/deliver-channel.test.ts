import { createHash, createHmac } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { aChannel, aReader, deliveryOf, makeDue, tell } from "@/e2e/factories/notice";
import { anAdministrator } from "@/e2e/factories/person";
import { startMailboxLab, type MailboxLab } from "@/e2e/lab/mailbox/server";
import type { ReceivedPost } from "@/e2e/lab/mailbox/catcher";
import { db } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import { rotateSecret } from "../channels/rotate-secret";
import { deliverNotice } from "./deliver-notice.handler";

/** As the worker does it. */
async function deliver(deliveryIds: string[]): Promise<void> {
  for (const deliveryId of deliveryIds) await deliverNotice({ deliveryId });
}

let lab: MailboxLab;

beforeAll(async () => {
  lab = await startMailboxLab();
});
beforeEach(async () => {
  lab.faults.clear();
  lab.posts.length = 0;
  await db().noticeChannel.deleteMany();
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

const hostile = "<!channel> *bold* [x](https://evil.example) <https://evil.example|click> @here";

function bodyOf(post: ReceivedPost | undefined) {
  const body: Record<string, unknown> = JSON.parse(post?.body ?? "{}");
  return body;
}

/** As a receiver computes it, from what came over the wire alone. */
function signedBy(key: string | null, post: ReceivedPost | undefined): string {
  const [path = "", query = ""] = (post?.path ?? "").split("?");
  const bodyHash = createHash("sha256")
    .update(post?.body ?? "")
    .digest("hex");
  const lines = [post?.method, path, query, post?.headers["x-shepherd-timestamp"], bodyHash].join("\n");
  return `sha256=${createHmac("sha256", key ?? "")
    .update(lines)
    .digest("hex")}`;
}

describe("Slack", () => {
  test("gets plain text blocks with a button to the desk; nobody's name mentions anybody", async () => {
    const { path } = await aChannel(lab, { medium: "slack" });
    await deliver(await tell([], { ...asked, params: { ...asked.params, requester: hostile } }));
    const [post] = lab.posts;
    expect(post?.path).toBe(path);
    expect(post?.headers["x-signature-256"]).toBeUndefined();
    const { blocks, text, mrkdwn } = bodyOf(post);
    expect(mrkdwn).toBe(false);
    expect(JSON.stringify(blocks)).not.toContain("mrkdwn");
    expect(`${post?.body}`).not.toMatch(/<!channel>|<https/);
    expect(`${post?.body}`).toContain("&lt;!channel&gt;");
    expect(text).toBe("Waiting for your decision: a virtual machine in shop");
    expect(blocks).toMatchObject([
      { type: "header", text: { type: "plain_text" } },
      { type: "section", text: { type: "plain_text" } },
      {
        type: "actions",
        elements: [{ type: "button", url: expect.stringMatching(/\/approvals\/ticket-1$/) }],
      },
    ]);
  });
});

describe("Teams", () => {
  test("gets an Adaptive Card whose words are text runs, which know no markdown", async () => {
    await aChannel(lab, { medium: "teams", locale: "zh-CN" });
    await deliver(await tell([], { ...asked, params: { ...asked.params, requester: hostile } }));
    const card = JSON.stringify(bodyOf(lab.posts[0]));
    expect(bodyOf(lab.posts[0])).toMatchObject({
      type: "message",
      attachments: [
        {
          contentType: "application/vnd.microsoft.card.adaptive",
          content: {
            type: "AdaptiveCard",
            actions: [{ type: "Action.OpenUrl", title: "在 Shepherd 中打开" }],
          },
        },
      ],
    });
    expect(card).toContain("RichTextBlock");
    expect(card).not.toContain('"TextBlock"');
  });
});

describe("a signed webhook", () => {
  test("carries the facts, its delivery's id and a signature that its receiver can check", async () => {
    const { secret: signingKey } = await aChannel(lab, {
      medium: "webhook",
      address: `${lab.hooks.url}/in?team=a%20b`,
    });
    const [id = ""] = await tell([], asked);
    await deliver([id]);
    const [post] = lab.posts;
    expect(post?.headers["x-shepherd-delivery"]).toBe(id);
    expect(post?.headers["x-signature-256"]).toBe(signedBy(signingKey, post));
    expect(post?.headers["x-signature-256-previous"]).toBeUndefined();
    expect(Math.abs(Number(post?.headers["x-shepherd-timestamp"]) - Date.now() / 1000)).toBeLessThan(60);
    expect(bodyOf(post)).toMatchObject({
      ...{ delivery_id: id, kind: "APPROVAL_PENDING", is_test: false, ticket_id: "ticket-1" },
      facts: asked.params,
      link: expect.stringMatching(/\/approvals\/ticket-1$/),
    });
  });

  test("is signed with the new key and the former one while both are good, then with the new one alone", async () => {
    const { id: channelId, secret: former } = await aChannel(lab, { medium: "webhook" });
    const { secret: signingKey, formerKeyUntil } = await rotateSecret(await anAdministrator(), {
      channelId,
      overlapHours: 2,
    });
    expect(formerKeyUntil?.getTime()).toBeGreaterThan(Date.now() + 7_100_000);
    await deliver(await tell([], asked));
    const [both] = lab.posts;
    expect(both?.headers["x-signature-256"]).toBe(signedBy(signingKey, both));
    expect(both?.headers["x-signature-256-previous"]).toBe(signedBy(former, both));
    await db().$executeRaw`UPDATE notice_channel_secrets SET expires_at = now() WHERE expires_at IS NOT NULL`;
    await deliver(await tell([], { ...asked, ticketId: "ticket-2" }));
    expect(lab.posts[1]?.headers["x-signature-256"]).toBe(signedBy(signingKey, lab.posts[1]));
    expect(lab.posts[1]?.headers["x-signature-256-previous"]).toBeUndefined();
  });

  test("is put off by 429 as long as it says, and the id stays", async () => {
    await aChannel(lab, { medium: "webhook" });
    lab.faults.set({ hookStatus: 429, hookRetryAfterSeconds: 300, hookTimes: 1 });
    const [id = ""] = await tell([], asked);
    await deliver([id]);
    const waiting = await deliveryOf(id);
    expect(waiting).toMatchObject({ status: "PENDING", responseCode: 429 });
    expect(waiting.nextAt.getTime()).toBeGreaterThan(Date.now() + 290_000);
    await makeDue(id);
    await deliver([id]);
    expect(await deliveryOf(id)).toMatchObject({ status: "SENT", attempts: 2, responseCode: 200 });
    expect(lab.posts.map(({ headers }) => headers["x-shepherd-delivery"])).toEqual([id, id]);
  });

  test.each([
    [{ hookStatus: 400 }, "FAILED", "answer", 400],
    [{ hookStatus: 404 }, "FAILED", "answer", 404],
    [{ hookStatus: 302 }, "FAILED", "redirect", null],
    [{ hookStatus: 503 }, "PENDING", "answer", 503],
    [{ hookCut: true }, "PENDING", "unreachable", null],
  ] as const)("after %j it is %s", async (faults, status, outcome, responseCode) => {
    await aChannel(lab, { medium: "webhook" });
    lab.faults.set(faults);
    const [id = ""] = await tell([], asked);
    await deliver([id]);
    expect(await deliveryOf(id)).toMatchObject({ status, outcome, responseCode });
  });

  test("goes nowhere without the trusted certificate", async () => {
    await aChannel(lab, { medium: "webhook", caCertificate: null });
    const [id = ""] = await tell([], asked);
    await deliver([id]);
    expect(await deliveryOf(id)).toMatchObject({ status: "FAILED", outcome: "certificate" });
    expect(lab.posts).toEqual([]);
  });
});

describe("a channel", () => {
  test("hears of one change once, however many inboxes it reached in however many steps", async () => {
    await aChannel(lab, { medium: "slack" });
    const people = await Promise.all([aReader(), aReader(), aReader()]);
    const ids = people.map(({ actor }) => actor.id);
    expect(await tell(ids, asked)).toHaveLength(1);
    const { inTransaction } = await import("@/lib/core/transaction");
    const { notifyUsers } = await import("../notify-users");
    const before = await db().noticeDelivery.count();
    await inTransaction(async (tx) => {
      for (const id of ids) await notifyUsers(tx, [id], asked);
    });
    expect(await db().noticeDelivery.count()).toBe(before + 1);
  });

  test("hears only what its filters let through", async () => {
    await aChannel(lab, { medium: "slack", kinds: ["VM_EXPIRY"] });
    await aChannel(lab, { medium: "slack", environments: ["prod"] });
    await aChannel(lab, { medium: "slack", systemIds: ["system-1"] });
    await aChannel(lab, { medium: "slack", enabled: false });
    expect(await tell([], asked)).toEqual([]);
    const expiry = { kind: "VM_EXPIRY", params: { vm: "a", days: 3 } } as const;
    expect(await tell([], expiry)).toHaveLength(1);
    expect(await tell([], { ...asked, resource: { type: "system", id: "system-1" } })).toHaveLength(1);
  });

  test("keeps its address and its keys from whoever reads the database, the log of deliveries and the records", async () => {
    const { id, secret: signingKey, path } = await aChannel(lab, { medium: "webhook" });
    lab.faults.set({ hookStatus: 500 });
    await deliver(await tell([], asked));
    const rows = await Promise.all([
      db().noticeChannel.findMany(),
      db().noticeChannelSecret.findMany(),
      db().noticeDelivery.findMany(),
      db().auditLog.findMany({ where: { resourceId: id }, select: { details: true, resourceName: true } }),
    ]);
    const text = JSON.stringify(rows, (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    expect(text).toContain("127.0.0.1");
    expect(text).not.toContain(path);
    expect(text).not.toContain(signingKey);
  });
});
