import type { z } from "zod";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import { openDelivery } from "../deliveries/store";
import type { sendDigestJob } from "./jobs";
import { digestKinds, digestRhythms, mailChoices, nextDigestAt } from "./rules";

interface DueRow {
  mail: unknown;
  digest: string;
  digestHour: number;
  digestWeekday: number;
  timeZone: string;
  lastDigestAt: Date | null;
  now: Date;
}

/** Opens a person's digest when its hour has come, once, and sets the next hour with it. */
export async function sendDigest({ userId }: z.output<typeof sendDigestJob.payload>): Promise<void> {
  await inTransaction(async (tx) => {
    const due = await lockDue(tx, userId);
    if (due === null) return;
    const digest = digestRhythms.find((one) => one === due.digest) ?? "off";
    const kinds = digestKinds(mailChoices(due.mail));
    const next = kinds.length === 0 ? null : nextDigestAt({ ...due, digest }, due.now);
    await tx.noticePreference.update({
      where: { userId },
      data: { nextDigestAt: next, lastDigestAt: due.now },
      select: { userId: true },
    });
    const since = due.lastDigestAt?.toISOString() ?? null;
    if (!(await hasUnread(tx, { userId, kinds, since }))) return;
    await openDelivery(tx, {
      medium: "mail",
      recipientId: userId,
      purpose: "digest",
      type: "SYSTEM_ALERT",
      params: { kinds: kinds.join(","), since, until: due.now.toISOString() },
    });
  });
}

async function lockDue(tx: Tx, userId: string): Promise<DueRow | null> {
  const rows = await tx.$queryRaw<DueRow[]>`
    SELECT p.mail, p.digest, p.digest_hour AS "digestHour", p.digest_weekday AS "digestWeekday",
      p.time_zone AS "timeZone", p.last_digest_at AS "lastDigestAt", now()::timestamptz(3) AS now
    FROM notice_preferences p WHERE p.user_id = ${userId} AND p.next_digest_at <= now() FOR UPDATE`;
  return rows[0] ?? null;
}

/** Nothing unread, or no mail at all: no digest. */
async function hasUnread(
  tx: Tx,
  { userId, kinds, since }: { userId: string; kinds: string[]; since: string | null },
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ found: boolean }[]>`
    SELECT EXISTS (SELECT FROM notifications WHERE recipient_id = ${userId} AND NOT read AND type = ANY(${kinds})
        AND (${since}::timestamptz IS NULL OR created_at > ${since}::timestamptz))
      AND EXISTS (SELECT FROM mail_servers WHERE enabled) AS found`;
  return rows[0]?.found === true;
}
