import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";

/** Whom one's word is given to is told in person: a program with a token cannot. */
export function requireOwnSession(ctx: Context): string {
  if (ctx.actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  if (ctx.actor.token !== null && ctx.actor.token.permissions !== null)
    throw new AppError("PERMISSION_DENIED", { reason: "token" });
  return ctx.actor.id;
}
