import type { Context, Person } from "@/lib/core/context";
import { checkSession } from "@/lib/identity/check-session";
import { checkToken } from "@/lib/identity/check-token";

/** What a caller shows to say who they are: a browser its session cookie, a program its API token. */
export type Credential = { kind: "session"; cookie: string } | { kind: "token"; authorization: string };

/** Whom it stands for now; null for nobody. Asking counts as use. */
export function identifyCaller(ctx: Context, credential: Credential): Promise<Person | null> {
  if (credential.kind === "token") return checkToken(ctx, credential.authorization);
  return checkSession(ctx, credential.cookie);
}
