import type { IncomingMessage } from "node:http";
import { bootstrapCookieName, readSocketPath, type ConsoleType } from "@/lib/console/rules";
import { readCookie, sessionCookieName } from "@/lib/identity/rules";
import type { Credential } from "./identify-caller";

/** What a browser or a program asks for and with what; nothing of it has been believed yet. */
export interface AskedConsole {
  vmId: string;
  consoleType: ConsoleType;
  credential: Credential;
  token: string;
  /** Another console process passed it on; nobody passes it on again. */
  isForwarded: boolean;
}

/** Says that a console process has passed a request on already. */
export const forwardedHeader = "x-shepherd-forwarded";

export interface RefusedUpgrade {
  status: number;
  code: string;
}

/**
 * Reads an upgrade request; whatever is no console of this portal's own page is refused unseen.
 * @param publicOrigin the portal's one address, or null where it is whatever address the client used
 */
export function readUpgrade(
  request: IncomingMessage,
  publicOrigin: string | null,
): AskedConsole | RefusedUpgrade {
  // A token never stands in an address, so a console's address has no query.
  const asked = readSocketPath(request.url ?? "");
  if (asked === null || request.method !== "GET") return { status: 404, code: "RESOURCE_NOT_FOUND" };
  if (!isWebsocket(request)) return { status: 400, code: "INVALID_REQUEST" };
  const credential = readCredential(request);
  // A browser adds no API token by itself, so whoever sends one comes from no other site's page.
  if (credential?.kind !== "token" && !isOwnOrigin(request, publicOrigin))
    return { status: 403, code: "FOREIGN_ORIGIN" };
  const token = readCookie(request.headers.cookie ?? null, bootstrapCookieName);
  if (credential === null || !token) return { status: 401, code: "UNAUTHORIZED" };
  return { ...asked, credential, token, isForwarded: request.headers[forwardedHeader] !== undefined };
}

/** An API token where one was sent, else the session's cookie. */
export function readCredential({ headers }: Pick<IncomingMessage, "headers">): Credential | null {
  if (headers.authorization !== undefined) return { kind: "token", authorization: headers.authorization };
  const cookie = readCookie(headers.cookie ?? null, sessionCookieName);
  return cookie ? { kind: "session", cookie } : null;
}

/** A handshake that would fail must not spend the token first. */
function isWebsocket({ headers }: IncomingMessage): boolean {
  const isKey = /^[+/0-9A-Za-z]{22}==$/.test(headers["sec-websocket-key"] ?? "");
  return headers.upgrade?.toLowerCase() === "websocket" && headers["sec-websocket-version"] === "13" && isKey;
}

/** Every browser says where a websocket comes from, and the cookie comes along from anywhere. */
function isOwnOrigin({ headers }: IncomingMessage, publicOrigin: string | null): boolean {
  if (headers.origin === undefined) return false;
  if (publicOrigin !== null) return headers.origin === publicOrigin;
  return (
    headers.host !== undefined &&
    [`http://${headers.host}`, `https://${headers.host}`].includes(headers.origin)
  );
}
