type Credentials = { username: string; password: string };
export type SignInFailure =
  | { kind: "failed" }
  | { kind: "throttled"; minutes: number }
  | { kind: "refused" }
  | { kind: "away" }
  | { kind: "unavailable" };

/** Signs in with the portal's own password; null when somebody is signed in. */
export async function tryPassword(credentials: Credentials): Promise<SignInFailure | null> {
  try {
    // Loaded when somebody signs in, so that the page itself stays light.
    const { signIn } = await import("next-auth/react");
    const result = await signIn("password", { ...credentials, redirect: false });
    if (result?.ok && !result.error) return null;
    // The endpoint answers with the error's code and, where one has to wait, the seconds.
    const [code, seconds] = (result?.error ?? "").split(":");
    return toFailure(code ?? "", Number(seconds));
  } catch {
    return { kind: "unavailable" };
  }
}

/** Signs in with a password that a directory checks. */
export async function tryDirectory(href: string, credentials: Credentials): Promise<SignInFailure | null> {
  try {
    const response = await fetch(href, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(credentials),
    });
    if (response.ok) return null;
    return toFailure(await readCode(response), Number(response.headers.get("retry-after")));
  } catch {
    return { kind: "unavailable" };
  }
}

async function readCode(response: Response): Promise<string> {
  const body: unknown = await response.json();
  if (body === null || typeof body !== "object" || !("code" in body)) return "";
  return typeof body.code === "string" ? body.code : "";
}

function toFailure(code: string, seconds: number): SignInFailure {
  switch (code) {
    case "RATE_LIMIT_EXCEEDED":
      return { kind: "throttled", minutes: Math.max(1, Math.ceil(seconds / 60)) };
    case "LOGIN_FAILED":
    case "VALIDATION_FAILED":
      return { kind: "failed" };
    case "PROVIDER_UNAVAILABLE":
      return { kind: "away" };
    case "SIGN_IN_REFUSED":
      return { kind: "refused" };
    default:
      return { kind: "unavailable" };
  }
}
