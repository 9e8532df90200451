import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { unfinishedSignIn } from "@/lib/access/rules";
import type { Context, Person } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { newId } from "@/lib/core/ids";
import { checkSession } from "@/lib/identity/check-session";
import { checkToken } from "@/lib/identity/check-token";
import { readCookie, sessionCookieName } from "@/lib/identity/rules";
import { liveRefreshCookieName } from "@/lib/vocabulary/cookie-names";
import { signInSteps, type SignInStep } from "@/lib/vocabulary/sign-in-steps";

/** A context whose actor is known to be a person. */
export interface PersonContext extends Context {
  actor: Person;
}

interface Visitor {
  ctx: Context;
  /** `ended` when a cookie came along whose session no longer stands. */
  session: "none" | "ended" | "live";
}

/**
 * Who a door serves: `anyone`, the signed-in, or also those whose sign-in still lacks a step: any of them
 * (`signing-in`), the first password change and what follows, or the enrolment of a second factor.
 */
export type Access =
  "anyone" | "signing-in" | "before-password-change" | "before-mfa-enrollment" | "signed-in";

/** Which unfinished sign-ins each access still turns away. */
const stepsRefused: Record<Exclude<Access, "anyone">, readonly SignInStep[]> = {
  "signing-in": [],
  "before-password-change": ["verify_mfa"],
  "before-mfa-enrollment": ["verify_mfa", "change_password"],
  "signed-in": signInSteps,
};

const stepPages: Record<SignInStep, string> = {
  verify_mfa: "/mfa",
  change_password: "/change-password",
  enroll_mfa: "/mfa",
};

/** For pages: the signed-in person's context; everybody else is led to where they can become one. */
export const requireContext = cache(async (): Promise<PersonContext> => {
  const { ctx, session } = await currentVisitor();
  const path = (await headers()).get("x-shepherd-path") ?? "/";
  if (!isPerson(ctx)) {
    const ended = session === "ended" ? "&reason=session_expired" : "";
    redirect(`/login?return_to=${encodeURIComponent(path)}${ended}`);
  }
  const step = ctx.actor.pendingStep;
  if (step !== null) redirect(`${stepPages[step]}?return_to=${encodeURIComponent(path)}`);
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

/** Puts the person in whom the request's token or cookie stands for; a token that comes along is the one that counts. */
export async function readVisitor(ctx: Context, incoming: Headers): Promise<Visitor> {
  const authorization = incoming.get("authorization");
  if (authorization !== null) {
    const owner = await checkToken(ctx, authorization);
    return owner === null ? { ctx, session: "none" } : { ctx: { ...ctx, actor: owner }, session: "live" };
  }
  const cookies = incoming.get("cookie");
  const cookie = readCookie(cookies, sessionCookieName);
  if (cookie === null || cookie === "") return { ctx, session: "none" };
  const isUse = readCookie(cookies, liveRefreshCookieName) === null;
  const person = await checkSession(ctx, cookie, isUse);
  return person === null ? { ctx, session: "ended" } : { ctx: { ...ctx, actor: person }, session: "live" };
}

/** @throws UNAUTHORIZED, SESSION_EXPIRED, MFA_REQUIRED, PASSWORD_CHANGE_REQUIRED */
export function requireAccess({ ctx, session }: Visitor, access: Access): void {
  if (access === "anyone") return;
  if (!isPerson(ctx)) throw new AppError(session === "ended" ? "SESSION_EXPIRED" : "UNAUTHORIZED");
  const step = ctx.actor.pendingStep;
  if (step !== null && stepsRefused[access].includes(step)) throw unfinishedSignIn(step);
}

/** Whether something that is no reading may be sent while looking as somebody else. */
export type InView = "refused" | "allowed";

/** @throws VIEW_ONLY to whoever looks at the portal as somebody else and tries to change it */
export function requireOwnView(ctx: Context, inView: InView): void {
  if (inView === "refused" && isPerson(ctx) && ctx.actor.viewedBy !== null) throw new AppError("VIEW_ONLY");
}

export function isPerson(ctx: Context): ctx is PersonContext {
  return ctx.actor.kind === "person";
}

/** Another id than the client's is used where theirs could not stand in a log line or an audit row. */
function readRequestId(given: string | null): string {
  return given !== null && /^[\w.:-]{8,128}$/.test(given) ? given : newId();
}
