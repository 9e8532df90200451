import type { CodedError } from "@/components/ui/action-result";

export interface LinkFacts {
  username: string;
  expiresAt: string;
  lengthMin: number;
  ownWords: readonly string[];
}

/** What the portal says no to; `newPassword` where the password itself is refused. */
export interface LinkFailure extends CodedError {
  newPassword?: CodedError | undefined;
}

export type LinkAnswer<Result> = { ok: true; result: Result } | { ok: false; failure: LinkFailure };

/** Whose password the link sets and by which rules. */
export async function readLink(token: string): Promise<LinkAnswer<LinkFacts>> {
  const answer = await post("/api/v1/auth/set-password/link", { token });
  if (!answer.ok) return answer;
  const { username, expires_at, length_min, own_words } = answer.result;
  return {
    ok: true,
    result: {
      username: String(username),
      expiresAt: String(expires_at),
      lengthMin: Number(length_min),
      ownWords: Array.isArray(own_words) ? own_words.map(String) : [],
    },
  };
}

export function setPassword(token: string, newPassword: string): Promise<LinkAnswer<unknown>> {
  return post("/api/v1/auth/set-password", { token, new_password: newPassword });
}

type Members = Record<string, unknown>;

/** By the API and not by a page, because a page takes no writes without a session. */
async function post(address: string, body: Members): Promise<LinkAnswer<Members>> {
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    if (response.status === 204) return { ok: true, result: {} };
    const members = asMembers(await response.json());
    return response.ok ? { ok: true, result: members } : { ok: false, failure: readFailure(members) };
  } catch {
    return { ok: false, failure: { code: "CONNECTION_LOST" } };
  }
}

function readFailure(members: Members): LinkFailure {
  const fields = Array.isArray(members["field_errors"]) ? members["field_errors"].map(asMembers) : [];
  const refused = fields.find(({ field }) => field === "new_password");
  return { ...asCoded(members), newPassword: refused && asCoded(refused) };
}

function asCoded(members: Members): CodedError {
  const params = Object.entries(asMembers(members["params"]));
  return {
    code: String(members["code"]),
    params: Object.fromEntries(params.map(([name, value]) => [asCamelCase(name), value])),
  };
}

function asCamelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_whole, letter: string) => letter.toUpperCase());
}

function asMembers(value: unknown): Members {
  return value !== null && typeof value === "object" ? { ...value } : {};
}
