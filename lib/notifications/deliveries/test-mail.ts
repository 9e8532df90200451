import { authorize } from "@/lib/access/authorize";
import { recordAudit } from "@/lib/core/audit";
import { actorId, type Context } from "@/lib/core/context";
import { inTransaction } from "@/lib/core/transaction";
import { mailServerId } from "../mail/rules";
import { samples } from "../templates/samples";
import { awaitDelivery } from "./queries";
import type { TestMail, TestResult } from "./schema";
import { openDelivery } from "./store";

/** Sends a sample to whoever asks, over the server and in the words that are kept. */
export async function testMail(ctx: Context, { name, locale }: TestMail): Promise<{ deliveryId: string }> {
  const { type, params } = samples[name];
  const deliveryId = await inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const id = await openDelivery(tx, {
      medium: "mail",
      recipientId: actorId(ctx.actor),
      purpose: "test",
      type,
      params: locale === undefined ? params : { ...params, locale },
    });
    await recordAudit(tx, ctx, {
      action: "notification_channel.test",
      resource: { type: "mail_server", id: mailServerId },
      details: { deliveryId: id, template: name },
    });
    return id;
  });
  return { deliveryId };
}

/** The same, and how it went; for a person who waits for it. */
export async function testMailNow(ctx: Context, input: TestMail): Promise<TestResult> {
  return awaitDelivery((await testMail(ctx, input)).deliveryId);
}
