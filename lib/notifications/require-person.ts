import type { Context, Person } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";

/** Preferences belong to people; a program that acts for the platform has none. */
export function requirePerson(ctx: Context): Person {
  if (ctx.actor.kind !== "person") throw new AppError("UNAUTHORIZED");
  return ctx.actor;
}
