import { publicBaseUrl } from "@/lib/core/env";
import { sessionCookieName } from "@/lib/identity/rules";

/** The same attributes wherever the cookie is set: by the sign-in form and by the API. */
export function sessionCookieOptions() {
  return {
    httpOnly: true,
    sameSite: "lax",
    path: "/",
    secure: publicBaseUrl().protocol === "https:",
  } as const;
}

export function setSessionCookie(value: string, expires: Date): string {
  const secure = sessionCookieOptions().secure ? "; Secure" : "";
  return `${sessionCookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Expires=${expires.toUTCString()}${secure}`;
}

export function clearSessionCookie(): string {
  return setSessionCookie("", new Date(0));
}
