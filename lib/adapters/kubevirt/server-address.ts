import { guardedLookup, isReservedAddress } from "@/lib/core/outside-address";
import { refuse } from "./kubeconfig-refusal";

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
  if (isReservedAddress(url.hostname.replace(/^\[|\]$/g, ""))) return refuse("server-address", path);
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

/** No cluster is reached at a place that its name resolves to and that its address could not name. */
export const lookupClusterHost = guardedLookup;

function oddServer(text: string): "unix-socket" | "bad-server" {
  return /^(?:https?\+)?unix:/i.test(text) ? "unix-socket" : "bad-server";
}
