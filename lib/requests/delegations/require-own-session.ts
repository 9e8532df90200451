import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";

/** Whom one's word is given to is said in person: a program with a token cannot. */
export function requireOwnSession(ctx: Context): string {
  if (ctx.actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  if (ctx.actor.token !== null)
    throw new AppError("PERMISSION_DENIED", { permission: "session", reason: "token" });
  return ctx.actor.id;
}
