import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { requirePerson } from "../require-person";
import { isMailOn } from "../mail/queries";
import { deliveryLocales } from "../rules";
import { digestRhythms, mailChoices, usualDigest } from "./rules";
import type { NoticePreferences } from "./schema";

/** What the person wants, with the usual where they never said. */
export async function readPreferences(ctx: Context): Promise<NoticePreferences> {
  const { id } = requirePerson(ctx);
  const [user, mailOn] = await Promise.all([
    db().user.findUniqueOrThrow({
      where: { id },
      select: {
        email: true,
        noticeChoice: true,
        preferences: { where: { key: "locale" }, select: { value: true } },
      },
    }),
    isMailOn(),
  ]);
  const choice = user.noticeChoice;
  const locale = deliveryLocales.find((one) => one === user.preferences[0]?.value) ?? "en";
  return {
    mail: mailChoices(choice?.mail ?? null),
    digest: digestRhythms.find((one) => one === choice?.digest) ?? usualDigest.digest,
    digestHour: choice?.digestHour ?? usualDigest.digestHour,
    digestWeekday: choice?.digestWeekday ?? usualDigest.digestWeekday,
    timeZone: choice?.timeZone ?? usualDigest.timeZone,
    nextDigestAt: choice?.nextDigestAt ?? null,
    ...{ locale, address: user.email, isMailOn: mailOn },
  };
}

const dueMax = 200;

/** For the clock: whose hour has come. */
export async function listDueDigests(): Promise<{ userId: string }[]> {
  return db().$queryRaw`
    SELECT user_id AS "userId" FROM notice_preferences WHERE next_digest_at <= now()
    ORDER BY next_digest_at LIMIT ${dueMax}`;
}
