import type { Context } from "@/lib/core/context";
import { authorize } from "@/lib/access/authorize";
import { db } from "@/lib/core/db";
import { AppError } from "@/lib/core/errors";

export interface StoredLogo {
  mediaType: string;
  bytes: Uint8Array<ArrayBuffer>;
}

/** A picture by its hash; whoever may see tiles may see what is on them. @throws RESOURCE_NOT_FOUND */
export async function readLogo(ctx: Context, id: string): Promise<StoredLogo> {
  await authorize(db(), ctx, "vm:read");
  const logo = /^[0-9a-f]{64}$/.test(id)
    ? await db().templateLogo.findUnique({ where: { id }, select: { mediaType: true, bytes: true } })
    : null;
  if (logo === null) throw new AppError("RESOURCE_NOT_FOUND");
  return logo;
}
