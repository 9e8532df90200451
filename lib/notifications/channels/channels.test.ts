import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { recordsOf } from "@/e2e/factories/account";
import { aChannel } from "@/e2e/factories/notice";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { startMailboxLab, type MailboxLab } from "@/e2e/lab/mailbox/server";
import { db } from "@/lib/core/db";
import { closeJobs } from "@/lib/core/jobs";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { openDeliveries } from "../deliveries/open-deliveries";
import { createChannel } from "./create-channel";
import { deleteChannel } from "./delete-channel";
import { listChannels, readChannel } from "./queries";
import { createChannelInput, updateChannelInput } from "./schema";
import { insertSecret } from "./store";
import { updateChannel } from "./update-channel";

let lab: MailboxLab;
beforeAll(async () => {
  lab = await startMailboxLab();
});
afterAll(async () => {
  await lab.stop();
  await closeJobs();
});

const input = (changes: object = {}) =>
  createChannelInput.parse({
    name: "ops",
    medium: "webhook",
    address: "https://hooks.example/in",
    ...changes,
  });
const outcome = (attempt: Promise<unknown>) => attempt.then(() => "done").catch(refusalOf);

describe("making a channel", () => {
  test("tells its signing key once, shows the host alone, and leaves a record without either", async () => {
    const ctx = await anAdministrator();
    const address = "https://hooks.example/services/T01/B02/very-secret";
    const { id, secret: signingKey } = await createChannel(ctx, input({ address }));
    expect(signingKey).toMatch(/^whsec_.{40,}/);
    const shown = await readChannel(ctx, id);
    expect(shown).toMatchObject({
      addressHint: "hooks.example/…",
      signingKeySet: true,
      formerKeyUntil: null,
    });
    expect(JSON.stringify([shown, await recordsOf(ctx)])).not.toMatch(/very-secret|whsec_/);
    expect(await recordsOf(ctx)).toMatchObject([{ action: "notification_channel.create", resourceId: id }]);
  });

  test("is for platform administrators", async () => {
    const member = await aPerson("role-approval-admin");
    expect(await outcome(createChannel(member, input({ name: "mine" })))).toBe("PERMISSION_DENIED");
    expect(await outcome(listChannels(member))).toBe("PERMISSION_DENIED");
    expect(await db().noticeChannel.count({ where: { name: "mine" } })).toBe(0);
  });

  test.each([
    "http://hooks.example/in",
    "https://169.254.169.254/latest/meta-data",
    "https://[fd00:ec2::254]/",
    "https://100.100.100.200/",
    "https://0.0.0.0/",
    "https://user:pass@hooks.example/",
    "https://hooks.example/#part",
    "https://hooks.example/../admin",
    "file:///etc/passwd",
    "gopher://hooks.example/",
    "https://hooks.example\\@evil.example/",
    "https://[::ffff:169.254.169.254]/",
    "https://2852039166/",
    "https://0xa9fea9fe/",
  ])("%s is no address for messages", async (address) => {
    const refused = await outcome(createChannel(await anAdministrator(), input({ name: address, address })));
    expect(refused).toBe("VALIDATION_FAILED address:invalid_address");
  });
});

describe("changing a channel", () => {
  test("keeps an address that was left out, and counts versions", async () => {
    const ctx = await anAdministrator();
    const { id } = await aChannel(lab, { medium: "slack" });
    const before = await db().noticeChannelSecret.findMany({ where: { channelId: id } });
    const change = updateChannelInput.parse({ channelId: id, name: "renamed", enabled: true, version: 1 });
    expect(await updateChannel(ctx, change)).toEqual({ version: 2 });
    expect(await db().noticeChannelSecret.findMany({ where: { channelId: id } })).toEqual(before);
    expect(await outcome(updateChannel(ctx, change))).toBe("CONFLICT");
    await updateChannel(ctx, { ...change, address: "https://other.example/x", version: 2 });
    const after = await db().noticeChannelSecret.findMany({ where: { channelId: id } });
    expect(after).toHaveLength(1);
    expect(after[0]?.id).not.toBe(before[0]?.id);
  });

  test("deleting it takes its secrets and its log along", async () => {
    const { id } = await aChannel(lab, { medium: "webhook" });
    await deleteChannel(await anAdministrator(), { channelId: id });
    expect(await db().noticeChannelSecret.count({ where: { channelId: id } })).toBe(0);
    expect(await outcome(deleteChannel(await anAdministrator(), { channelId: id }))).toBe(
      "RESOURCE_NOT_FOUND",
    );
  });
});

describe("the web role", () => {
  const asWeb = <Result>(work: (tx: Tx) => Promise<Result>) =>
    inTransaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL ROLE shepherd_web`;
      return work(tx);
    });

  test("seals addresses, and tells channels and mailboxes what happened", async () => {
    const { id } = await aChannel(lab, { medium: "slack" });
    const [opened] = await asWeb(async (tx) => {
      await insertSecret(tx, { channelId: id, purpose: "signing", value: "a key" });
      await openDeliveries(tx, [], {
        kind: "QUOTA_CHANGED",
        params: { system: "shop", environment: "test" },
      });
      return tx.noticeDelivery.findMany({ where: { channelId: id }, select: { type: true, status: true } });
    });
    expect(opened).toEqual({ type: "QUOTA_CHANGED", status: "PENDING" });
  });

  test.each(["notice_channel_secrets", "mail_secrets"])("reads no envelope of %s", async (table) => {
    const reading = asWeb((tx) => tx.$queryRawUnsafe(`SELECT envelope FROM ${table}`));
    await expect(reading).rejects.toThrow(/permission denied/);
  });
});
