import { isReservedAddress } from "@/lib/core/outside-address";

export type LdapAddressRefusal =
  "not-a-url" | "not-encrypted" | "characters" | "credentials" | "path" | "reserved-address";

export interface DirectoryPlace {
  host: string;
  port: number;
  isTlsFromStart: boolean;
}

export interface DirectoryAddress {
  url: string;
  startTls: boolean;
}

/** ldaps://host[:port], or ldap://host[:port] with StartTLS; null when the product may call it. */
export function refusalOfLdapAddress({ url: text, startTls }: DirectoryAddress): LdapAddressRefusal | null {
  if (/[^\u0021-\u007e]|[\\%]/.test(text)) return "characters";
  if (text.includes("@")) return "credentials";
  const url = URL.parse(text);
  if (!url || !/^ldaps?:\/\/[^/]/i.test(text) || url.hostname === "") return "not-a-url";
  if (url.protocol === "ldap:" && !startTls) return "not-encrypted";
  if (!/^ldaps?:\/\/[^/?#]+\/?$/i.test(text)) return "path";
  if (url.port === "0") return "not-a-url";
  return isReservedAddress(hostOf(url)) ? "reserved-address" : null;
}

/** Where an address that the rule lets through leads. */
export function readPlace(address: DirectoryAddress): DirectoryPlace {
  const url = new URL(address.url);
  const isTlsFromStart = url.protocol === "ldaps:";
  const port = url.port === "" ? (isTlsFromStart ? 636 : 389) : Number(url.port);
  return { host: hostOf(url), port, isTlsFromStart };
}

// A scheme that URL does not know keeps the host as it was written, so digits in odd forms stay names and are looked up.
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
}
