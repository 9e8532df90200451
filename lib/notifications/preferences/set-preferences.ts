import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { requirePerson } from "../require-person";
import { readPreferences } from "./queries";
import { digestKinds, nextDigestAt } from "./rules";
import type { NoticePreferences, SetPreferences } from "./schema";

/** How a person likes to be told; nobody else's business, so nothing is recorded. */
export async function setPreferences(ctx: Context, input: SetPreferences): Promise<NoticePreferences> {
  const { id: userId, viewedBy } = requirePerson(ctx);
  if (viewedBy !== null) throw new AppError("VIEW_ONLY");
  const { locale, mail: chosen, ...digest } = input;
  const mail = { ...(await readPreferences(ctx)).mail, ...chosen };
  const wantsDigest = digestKinds(mail).length > 0;
  const row = { ...digest, mail, nextDigestAt: wantsDigest ? nextDigestAt(digest, ctx.now) : null };
  await db().$transaction([
    db().noticePreference.upsert({
      where: { userId },
      create: { userId, ...row },
      update: row,
      select: { userId: true },
    }),
    // One language for the screen and for what is sent.
    db().userPreference.upsert({
      where: { userId_key: { userId, key: "locale" } },
      create: { userId, key: "locale", value: locale },
      update: { value: locale },
      select: { key: true },
    }),
  ]);
  return readPreferences(ctx);
}
