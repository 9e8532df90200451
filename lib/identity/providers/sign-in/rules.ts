/** A try ends by itself after this long. */
export const flowSeconds = 600;

/** The cookie that binds a try to the browser that began it; each try has its own, so that tabs do not disturb each other. */
export function flowCookieName(flowId: string, isSecure: boolean): string {
  return `${isSecure ? "__Host-" : ""}sign_in_${flowId.slice(0, 16)}`;
}

export function flowCookie({
  name,
  value,
  isSecure,
}: {
  name: string;
  value: string;
  isSecure: boolean;
}): string {
  const seconds = value === "" ? 0 : flowSeconds;
  return `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${isSecure ? "; Secure" : ""}`;
}

/** Where somebody lands whose sign-in came to nothing; why stands in the log and the records alone. */
export function failurePath(code: string, returnTo: string): string {
  const back = returnTo === "/" ? "" : `&return_to=${encodeURIComponent(returnTo)}`;
  return `/login?error=${encodeURIComponent(code)}${back}`;
}

/** An administrator whose try failed is signed in all the same, and goes back to where they began it. */
export function sampleFailurePath(code: string, returnTo: string): string {
  return `${returnTo}${returnTo.includes("?") ? "&" : "?"}error=${encodeURIComponent(code)}`;
}
