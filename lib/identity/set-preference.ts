import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";
import { Prisma } from "@/prisma/generated/client";
import type { SetPreference } from "./schema";
import { requirePerson } from "./store";

/** How a person likes their screens; nobody else's business, so nothing is recorded. */
export async function setPreference(ctx: Context, { key, value }: SetPreference): Promise<SetPreference> {
  const { id: userId, viewedBy } = requirePerson(ctx);
  if (viewedBy !== null) throw new AppError("VIEW_ONLY");
  const stored = value ?? Prisma.JsonNull;
  await db().userPreference.upsert({
    where: { userId_key: { userId, key } },
    create: { userId, key, value: stored },
    update: { value: stored },
    select: { key: true },
  });
  return { key, value };
}
