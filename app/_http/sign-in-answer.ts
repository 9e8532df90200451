import { publicBaseUrl } from "@/lib/core/env";
import {
  failurePath,
  flowCookie,
  flowSeconds,
  sampleFailurePath,
} from "@/lib/identity/providers/sign-in/rules";
import type { Arrived } from "@/lib/identity/providers/sign-in/finish-sign-in";
import { signSessionCookie } from "@/lib/identity/sign-session-cookie";
import { setSessionCookie } from "./session-cookie";

/** The cookie that binds a try to sign in to its browser. */
export function setFlowCookie(cookie: { name: string; value: string }): string {
  return flowCookie({ ...cookie, isSecure: publicBaseUrl().protocol === "https:" });
}

export function flowCookieOptions() {
  const secure = publicBaseUrl().protocol === "https:";
  return { httpOnly: true, sameSite: "lax", path: "/", maxAge: flowSeconds, secure } as const;
}

/** Sends the browser on; 303, so that a form's POST becomes a GET. */
export function seeOther(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store", "referrer-policy": "no-referrer" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}

/** How a browser leaves the way back from a provider. */
export async function answerArrival({ outcome, returnTo, cookieName }: Arrived): Promise<Response> {
  const spent = cookieName === null ? [] : [setFlowCookie({ name: cookieName, value: "" })];
  switch (outcome.kind) {
    case "refused":
      return seeOther((outcome.wasSample ? sampleFailurePath : failurePath)(outcome.code, returnTo), spent);
    case "sampled":
      return seeOther(returnTo, spent);
    case "signed_in": {
      const { person, expiresAt } = outcome.visit;
      const value = await signSessionCookie({ id: person.sessionId, userId: person.id, expiresAt });
      return seeOther(returnTo, [setSessionCookie(value, expiresAt), ...spent]);
    }
  }
}
