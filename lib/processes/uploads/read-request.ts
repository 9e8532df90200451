import type { IncomingMessage } from "node:http";
import { publicBaseUrl } from "@/lib/core/env";
import { isSameOrigin } from "@/lib/identity/rules";
import type { Credential } from "../console/identify-caller";
import { readCredential } from "../console/read-upgrade";

const uploadPath = /^\/uploads\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** A browser sends 8 MiB at a time. */
const partBytesMax = 64 * 1024 * 1024;

export interface AskedUpload {
  uploadId: string;
  method: "HEAD" | "PATCH" | "DELETE";
  credential: Credential;
}

export interface RefusedRequest {
  status: number;
  code: string;
}

/** What is asked for and with what; whatever is not of this portal's own page is refused unseen. */
export function readRequest(request: IncomingMessage): AskedUpload | RefusedRequest {
  const uploadId = uploadPath.exec(request.url ?? "")?.[1];
  if (uploadId === undefined) return { status: 404, code: "RESOURCE_NOT_FOUND" };
  const { method } = request;
  if (method !== "HEAD" && method !== "PATCH" && method !== "DELETE")
    return { status: 405, code: "METHOD_NOT_ALLOWED" };
  const credential = readCredential(request);
  if (credential === null) return { status: 401, code: "UNAUTHORIZED" };
  // A browser adds no API token by itself, so whoever sends one comes from no other site's page.
  if (credential.kind === "session" && !isOwnSite(request, method))
    return { status: 403, code: "FOREIGN_ORIGIN" };
  if (method === "PATCH" && !(Number(request.headers["content-length"]) <= partBytesMax))
    return { status: 413, code: "REQUEST_TOO_LARGE" };
  return { uploadId, method, credential };
}

/** Every browser says where a write comes from. */
function isOwnSite({ headers }: IncomingMessage, method: AskedUpload["method"]): boolean {
  const origin = headers.origin ?? null;
  if (origin === null && method !== "HEAD") return false;
  const fetchSite = [headers["sec-fetch-site"]].flat()[0] ?? null;
  return isSameOrigin({ origin, fetchSite, host: headers.host ?? null }, publicBaseUrl().origin);
}
