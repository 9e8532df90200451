import { publicBaseUrl } from "@/lib/core/env";
import { bootstrapCookieName, tokenSeconds } from "@/lib/console/rules";

/** The token's one way into the browser: no script reads it, and only the VM's own socket is sent it. */
export function consoleCookieOptions(socketPath: string) {
  return {
    httpOnly: true,
    sameSite: "strict",
    path: socketPath,
    maxAge: tokenSeconds,
    secure: publicBaseUrl().protocol === "https:",
  } as const;
}

export function setConsoleCookie(token: string, socketPath: string): string {
  const { maxAge, secure } = consoleCookieOptions(socketPath);
  const attributes = `Path=${socketPath}; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure ? "; Secure" : ""}`;
  return `${bootstrapCookieName}=${token}; ${attributes}`;
}
