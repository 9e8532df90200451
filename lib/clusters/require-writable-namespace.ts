import { authorize, isAuthorized } from "@/lib/access/authorize";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import type { Tx } from "@/lib/core/transaction";
import { lockNamespace } from "./store";

/**
 * A step: the namespace, held until the caller's transaction ends, for whoever may write in its environment; to everybody
 * else one of another environment answers like none.
 * @throws PERMISSION_DENIED, RESOURCE_NOT_FOUND
 */
export async function requireWritableNamespace(tx: Tx, ctx: Context, namespaceId: string) {
  await authorize(tx, ctx, "namespace:write");
  const namespace = await lockNamespace(tx, namespaceId);
  if (await isAuthorized(tx, ctx, "namespace:write", { environment: namespace.environment }))
    return namespace;
  throw new AppError("RESOURCE_NOT_FOUND", { type: "namespace" });
}
