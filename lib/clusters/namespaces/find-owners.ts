import { authorize } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { db } from "@/lib/core/db";
import type { OwnerFilter, OwnerList } from "./schema";

const foundMax = 8;

/** People by the beginning of a name, for whoever may say who answers for a namespace. */
export async function findOwners(ctx: Context, { q }: OwnerFilter): Promise<OwnerList> {
  await authorize(db(), ctx, "namespace:write");
  const pattern = `${q.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
  const items = await db().$queryRaw<OwnerList["items"]>`
    SELECT id, username, display_name AS "displayName" FROM users
    WHERE enabled AND (username LIKE ${pattern} OR lower(display_name) LIKE ${pattern}
      OR lower(display_name) LIKE ${`% ${pattern}`})
    ORDER BY display_name, id LIMIT ${foundMax}`;
  return { items };
}
