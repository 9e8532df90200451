import { BlockList, isIP } from "node:net";
import { lookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { refuse } from "./kubeconfig-refusal";

/** Places no API server lives at: cloud metadata (link-local), "this host" wildcards, multicast. */
const refusedAddresses = new BlockList();
refusedAddresses.addSubnet("169.254.0.0", 16, "ipv4");
refusedAddresses.addSubnet("0.0.0.0", 8, "ipv4");
refusedAddresses.addSubnet("224.0.0.0", 3, "ipv4");
refusedAddresses.addSubnet("fe80::", 10, "ipv6");
refusedAddresses.addSubnet("ff00::", 8, "ipv6");
refusedAddresses.addAddress("::", "ipv6");
refusedAddresses.addSubnet("fd00:ec2::", 32, "ipv6");

/** https://host[:port][/path], normalised without a slash at the end. */
export function readServerAddress(text: string, path: string): string {
  if (/[\u0000-\u0020\u007f\\%]|\.\.|\/\.(?:\/|$)/.test(text)) return refuse(oddServer(text), path);
  const url = URL.parse(text);
  if (!url) return refuse(oddServer(text), path);
  if (url.protocol === "http:") return refuse("http", path);
  if (url.protocol !== "https:") return refuse(oddServer(text), path);
  if (!/^https:\/\/[^/]/i.test(text)) return refuse("bad-server", path);
  if (url.username !== "" || url.password !== "" || text.includes("@"))
    return refuse("server-credentials", path);
  if (url.search !== "" || url.hash !== "" || /[?#]/.test(text)) return refuse("server-query", path);
  if (!/^[A-Za-z0-9._~/-]*$/.test(url.pathname)) return refuse("bad-server", path);
  if (isRefusedAddress(url.hostname.replace(/^\[|\]$/g, ""))) return refuse("server-address", path);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** The same refusal for what a host name resolves to, at the moment of connecting. */
export const lookupClusterHost: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address, family) => {
    const found = Array.isArray(address) ? address.map((one) => one.address) : [address];
    const refused = error ? undefined : found.find(isRefusedAddress);
    if (refused === undefined) return callback(error, address, family);
    const refusal: NodeJS.ErrnoException = new Error(
      `${hostname} resolves to ${refused}, which no cluster may use`,
    );
    refusal.code = "EADDRREFUSED";
    callback(refusal, address, family);
  });
};

function oddServer(text: string): "unix-socket" | "bad-server" {
  return /^(?:https?\+)?unix:/i.test(text) ? "unix-socket" : "bad-server";
}

function isRefusedAddress(host: string): boolean {
  const family = isIP(host);
  if (family === 0) return false;
  return refusedAddresses.check(host, family === 6 ? "ipv6" : "ipv4");
}
