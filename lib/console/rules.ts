export const consoleTypes = ["vnc", "serial"] as const;
export type ConsoleType = (typeof consoleTypes)[number];

/** Who controls has the keys; who watches sees the same and reaches nothing. */
export const consoleModes = ["control", "watch"] as const;
export type ConsoleMode = (typeof consoleModes)[number];
/** What may be asked for: control where it is free, watching, or control whoever has it. */
export const askedModes = ["control", "watch", "take_over"] as const;

/** What one approval may cover. */
export const grantCovers = ["console", "restart"] as const;
export type GrantCover = (typeof grantCovers)[number];

/** How long somebody who is asked for their console may think about it. */
export const askSeconds = 60;
/** How long whoever was told no leaves the other one in peace. */
export const declinedPauseMinutes = 3;

/** A token is good for one connection, begun within this time. */
export const tokenSeconds = 60;
export const grantMinutesMax = 120;
/** A session in which nobody types and nothing moves ends by itself. */
export const idleMinutes = 30;
/** How often an open session asks whether it may stay open, and for how long it may go on without an answer. */
export const recheckSeconds = 15;
export const unverifiedSecondsMax = 45;
/** How often a console process says that it lives, and how long it may be silent before its sessions count as lost. */
export const proxyBeatSeconds = 1;
export const proxySilentSeconds = 4;

/** The cookie that carries a token from the request to the socket; it never stands in an address or a body. */
export const bootstrapCookieName = "vnc_bootstrap";

/** An envelope of a token is some eight hundred characters. */
export const tokenLengthMax = 2_048;

export function consoleSocketPath(vmId: string, consoleType: ConsoleType): string {
  return `/api/v1/vms/${vmId}/${consoleType}`;
}

/** The VM and the kind of console an address asks for; null for any other address. */
export function readSocketPath(path: string): { vmId: string; consoleType: ConsoleType } | null {
  const [, vmId, kind] = /^\/api\/v1\/vms\/([A-Za-z0-9-]{1,64})\/(vnc|serial)$/.exec(path) ?? [];
  if (vmId === undefined) return null;
  return { vmId, consoleType: kind === "serial" ? "serial" : "vnc" };
}

/** Why a session ends or was refused, and the websocket close code that says so to the page. */
export const closeCodes = {
  closed: 1000,
  cluster_lost: 1011,
  busy: 1013,
  session_ended: 4401,
  permission_lost: 4403,
  grant_over: 4408,
  vm_stopped: 4409,
  revoked: 4410,
  idle: 4411,
  shutdown: 4412,
  misused: 4413,
  taken_over: 4414,
  unverified: 4415,
  /** The person gave the console to somebody who asked for it. */
  handed_over: 4416,
  /** The session that was watched is over. */
  watch_ended: 4417,
  /** Whoever watched could not keep up. */
  too_slow: 4418,
  /** The session speaks in a way that nobody else can follow. */
  unwatchable: 4419,
  /** Somebody else is connected, in the portal or past it; taking over is another step. */
  in_use: 4420,
} as const;
export type ConsoleEnding = keyof typeof closeCodes;

export function endingOfCloseCode(code: number): ConsoleEnding | null {
  return consoleEndings.find((ending) => closeCodes[ending] === code) ?? null;
}

/** What a process that stops says beside its code: come back, and after how long, so that not all come at once. */
export function shutdownReason(reconnectMs: number): string {
  return `shutdown;reconnect_ms=${reconnectMs}`;
}

/** After how long the page connects again by itself; null where nobody asked it to. */
export function reconnectDelayOf(closeReason: string): number | null {
  const found = /^shutdown;reconnect_ms=(\d{1,5})$/.exec(closeReason);
  return found === null ? null : Number(found[1]);
}

// Object.keys loses the key type; the table's keys are exactly these.
export const consoleEndings = Object.keys(closeCodes) as ConsoleEnding[];

/** What the database says of a token and of everything it hangs on. */
export interface TokenFacts {
  vmId: string;
  consoleType: ConsoleType;
  userId: string;
  sessionId: string;
  vmStatus: string | null;
  isRevoked: boolean;
  isGrantOver: boolean;
}

/** Who presents a token, and for what. */
export interface Presented {
  vmId: string;
  consoleType: ConsoleType;
  userId: string;
  sessionId: string;
}

export type TokenRefusal = "foreign" | "revoked" | "grant_over" | "vm_stopped";

/** Why a token opens nothing for whoever presents it; whether it was used already only the database can say. */
export function tokenRefusal(token: TokenFacts, presented: Presented): TokenRefusal | null {
  const isOwn =
    token.vmId === presented.vmId &&
    token.consoleType === presented.consoleType &&
    token.userId === presented.userId &&
    token.sessionId === presented.sessionId;
  if (!isOwn) return "foreign";
  if (token.isRevoked) return "revoked";
  if (token.isGrantOver) return "grant_over";
  return token.vmStatus === "RUNNING" ? null : "vm_stopped";
}

/** What an open session stands on; any of it may fall away. */
export interface SessionFacts {
  isSessionLive: boolean;
  isPermitted: boolean;
  isRevoked: boolean;
  isGrantOver: boolean;
  supersededAs: "taken_over" | "handed_over" | null;
  /** On paper: another process counted this one's sessions as lost, and somebody else may have the console by now. */
  isClosed: boolean;
  vmStatus: string | null;
}

/** States in which the guest, and so its screen, is certainly gone. */
const statesWithoutScreen: readonly (string | null)[] = [null, "STOPPED", "DELETING", "NOT_FOUND", "FAILED"];

export function hasScreen(vmStatus: string | null): boolean {
  return !statesWithoutScreen.includes(vmStatus);
}

/** Why an open session must end now; null while it may go on. */
export function endingOf(session: SessionFacts): ConsoleEnding | null {
  if (!session.isSessionLive) return "session_ended";
  if (session.isRevoked) return "revoked";
  if (session.supersededAs !== null) return session.supersededAs;
  if (session.isClosed) return "unverified";
  if (session.isGrantOver) return "grant_over";
  if (!session.isPermitted) return "permission_lost";
  return hasScreen(session.vmStatus) ? null : "vm_stopped";
}
