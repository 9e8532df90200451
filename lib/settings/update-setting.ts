import { Prisma } from "@/prisma/generated/client";
import { authorize } from "@/lib/access/authorize";
import { requireStepUp } from "@/lib/access/require-step-up";
import { recordAudit } from "@/lib/core/audit";
import { actorId, shownName, type Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { inTransaction, type Tx } from "@/lib/core/transaction";
import type { SettingKey } from "@/lib/vocabulary/settings";
import { isAboutSignIn, readSettingValue } from "./rules";
import type { UpdateSetting } from "./schema";

/** One change after another, each kept with its author. @throws CONFLICT when the version seen is no longer the last */
export function updateSetting(ctx: Context, { key, value, version }: UpdateSetting): Promise<void> {
  return inTransaction(async (tx) => {
    await authorize(tx, ctx, "platform:admin");
    const after = value === null ? null : readSettingValue(key, value);
    if (isAboutSignIn(key)) await requireStepUp(tx, ctx, "change_sign_in");
    const present = await lockSetting(tx, key);
    if (version !== undefined && version !== present.version)
      throw new AppError("CONFLICT", { version: present.version });
    const next = { key, version: present.version + 1, before: present.value, after };
    await writeSetting(tx, ctx, next);
    await recordAudit(tx, ctx, {
      action: "config.update",
      resource: { type: "setting", id: key, name: key },
      details: { before: next.before, after, version: next.version },
    });
  });
}

interface Present {
  value: Prisma.JsonValue;
  version: number;
}

/** A setting that was never changed has no row to lock, so its name is locked. */
async function lockSetting(tx: Tx, key: SettingKey): Promise<Present> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext(${`setting ${key}`}))`;
  const row = await tx.platformSetting.findUnique({ where: { key }, select: { value: true } });
  const last = await tx.platformSettingRevision.aggregate({ where: { key }, _max: { version: true } });
  return { value: row?.value ?? null, version: last._max.version ?? 0 };
}

interface Next {
  key: SettingKey;
  version: number;
  before: Prisma.JsonValue;
  after: number | boolean | string | string[] | null;
}

async function writeSetting(tx: Tx, ctx: Context, { key, version, before, after }: Next): Promise<void> {
  const updatedBy = actorId(ctx.actor);
  if (after === null) await tx.platformSetting.deleteMany({ where: { key } });
  else {
    const columns = { value: after, version, updatedBy };
    await tx.platformSetting.upsert({
      where: { key },
      create: { key, ...columns },
      update: columns,
      select: { key: true },
    });
  }
  await tx.platformSettingRevision.create({
    data: {
      id: newId(),
      key,
      version,
      before: before ?? Prisma.DbNull,
      after: after ?? Prisma.DbNull,
      actorId: updatedBy,
      actorName: shownName(ctx.actor),
    },
    select: { id: true },
  });
}
