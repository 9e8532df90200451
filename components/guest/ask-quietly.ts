import { liveRefreshCookieName } from "@/lib/vocabulary/cookie-names";

const markSeconds = 2;

/** What a page asks by itself is no use of the session: it may not keep one open that nobody sits at. */
export function markQuiet(): void {
  document.cookie = `${liveRefreshCookieName}=1; Path=/; SameSite=Strict; Max-Age=${markSeconds}`;
}

export function askQuietly(path: string, wanted: RequestInit = {}): Promise<Response> {
  markQuiet();
  return fetch(path, { ...wanted, credentials: "same-origin" });
}
