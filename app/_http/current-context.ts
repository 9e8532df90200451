import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import type { Context, Person } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { checkSession } from "@/lib/identity/check-session";
import { readCookie, sessionCookieName } from "@/lib/identity/rules";

/** A context whose actor is known to be a person. */
export interface PersonContext extends Context {
  actor: Person;
}

interface Visitor {
  ctx: Context;
  /** `ended` when a cookie came along whose session no longer stands. */
  session: "none" | "ended" | "live";
}

/** Who a door serves: `anyone`, the signed-in, or also those who must change their password first. */
export type Access = "anyone" | "signed-in" | "before-password-change";

/** For pages: the signed-in person's context; everybody else is led to where they can become one. */
export const requireContext = cache(async (): Promise<PersonContext> => {
  const { ctx, session } = await currentVisitor();
  const path = (await headers()).get("x-shepherd-path") ?? "/";
  if (!isPerson(ctx)) {
    const ended = session === "ended" ? "&reason=session_expired" : "";
    redirect(`/login?return_to=${encodeURIComponent(path)}${ended}`);
  }
  if (ctx.actor.mustChangePassword) redirect(`/change-password?return_to=${encodeURIComponent(path)}`);
  return ctx;
});

/** For pages that serve anyone, and for the pages around signing in. */
export const currentVisitor = cache(async (): Promise<Visitor> => {
  const incoming = await headers();
  return readVisitor(anonymousContext(incoming), incoming);
});

/** What a request's headers say before anybody is asked who it is from. */
export function anonymousContext(incoming: Headers): Context {
  return {
    actor: { kind: "anonymous" },
    requestId: readRequestId(incoming.get("x-request-id")),
    now: new Date(),
    address: incoming.get("x-shepherd-address"),
    userAgent: incoming.get("user-agent"),
  };
}

/** Puts the person in whom the request's cookie stands for. */
export async function readVisitor(ctx: Context, incoming: Headers): Promise<Visitor> {
  const cookie = readCookie(incoming.get("cookie"), sessionCookieName);
  if (cookie === null || cookie === "") return { ctx, session: "none" };
  const person = await checkSession(ctx, cookie);
  return person === null ? { ctx, session: "ended" } : { ctx: { ...ctx, actor: person }, session: "live" };
}

/** @throws UNAUTHORIZED, SESSION_EXPIRED, PASSWORD_CHANGE_REQUIRED */
export function requireAccess({ ctx, session }: Visitor, access: Access): void {
  if (access === "anyone") return;
  if (!isPerson(ctx)) throw new AppError(session === "ended" ? "SESSION_EXPIRED" : "UNAUTHORIZED");
  if (access === "signed-in" && ctx.actor.mustChangePassword) throw new AppError("PASSWORD_CHANGE_REQUIRED");
}

export function isPerson(ctx: Context): ctx is PersonContext {
  return ctx.actor.kind === "person";
}

/** Another id than the client's is used where theirs could not stand in a log line or an audit row. */
function readRequestId(given: string | null): string {
  return given !== null && /^[\w.:-]{8,128}$/.test(given) ? given : newId();
}
