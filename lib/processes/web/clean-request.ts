import type { IncomingMessage } from "node:http";
import net from "node:net";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";

/** Words the framework or this front says to itself; from outside they would steer it. */
const ownHeaders =
  /^(x-middleware-|x-nextjs-|x-next-|x-invoke-|x-matched-|x-now-|x-action-|x-vercel-|x-shepherd-|x-prerender-|x-forwarded-|x-nonce$|x-real-ip$|forwarded$|content-security-policy$|next-resume$)/;

export interface CleanRequest {
  requestId: string;
  address: string;
  /** Path and query as a person would copy them. */
  path: string;
}

/** Takes out of a request what only this front may say, and says it. */
export function cleanRequest(request: IncomingMessage): CleanRequest {
  const { headers } = request;
  const isBehindProxy = env().PUBLIC_BASE_URL !== undefined;
  const address = clientAddress(request, isBehindProxy);
  for (const name of Object.keys(headers)) {
    if (ownHeaders.test(name) && !isForDevelopment(name)) Reflect.deleteProperty(headers, name);
  }
  const requestId = readRequestId(headers["x-request-id"]);
  const path = cleanPath(request.url ?? "/");
  headers["x-request-id"] = requestId;
  headers["x-shepherd-address"] = address;
  headers["x-shepherd-path"] = path;
  return { requestId, address, path };
}

/** With these a page in development says which answer it wants to be shown the inside of. */
function isForDevelopment(name: string): boolean {
  return env().NODE_ENV === "development" && /^x-nextjs-(html-)?request-id$/.test(name);
}

function readRequestId(given: string | string[] | undefined): string {
  return typeof given === "string" && /^[\w.:-]{8,128}$/.test(given) ? given : newId();
}

/** The router's own parameter is no part of the address a person goes back to. */
function cleanPath(url: string): string {
  const parsed = URL.parse(url, "http://front");
  if (parsed === null) return "/";
  parsed.searchParams.delete("_rsc");
  return `${parsed.pathname}${parsed.search}`;
}

const ownNetworks = new net.BlockList();
ownNetworks.addSubnet("10.0.0.0", 8);
ownNetworks.addSubnet("172.16.0.0", 12);
ownNetworks.addSubnet("192.168.0.0", 16);
ownNetworks.addSubnet("127.0.0.0", 8);
ownNetworks.addAddress("::1", "ipv6");
ownNetworks.addSubnet("fc00::", 7, "ipv6");

/** What the nearest proxy saw counts, and only where a proxy of our own network can have said it. */
function clientAddress(request: IncomingMessage, isBehindProxy: boolean): string {
  const peer = (request.socket.remoteAddress ?? "127.0.0.1").replace(/^::ffff:/, "");
  if (!isBehindProxy || !ownNetworks.check(peer, net.isIPv6(peer) ? "ipv6" : "ipv4")) return peer;
  const seen = [request.headers["x-forwarded-for"]].flat().join(",").split(",").at(-1)?.trim() ?? "";
  return net.isIP(seen) === 0 ? peer : seen;
}
