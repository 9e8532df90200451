import { lookup } from "node:dns";
import { BlockList, isIP } from "node:net";
import type { LookupFunction } from "node:net";

/** What is wrong with an address that an administrator typed, or that an outside system named. */
export type AddressRefusal =
  "not-a-url" | "not-https" | "characters" | "credentials" | "fragment" | "query" | "reserved-address";

/** Names no place an outside system lives at; loopback and private networks are fine, a company's servers stand there. */
const reservedAddresses = buildReservedAddresses();
const lengthMax = 2_000;

/** The rule for every URL somebody else chose: null when the product may call it. */
export function refusalOfOutsideAddress(
  text: string,
  allows: { query: boolean } = { query: false },
): AddressRefusal | null {
  if (text.length > lengthMax || hasOddCharacters(text)) return "characters";
  const url = URL.parse(text);
  if (!url) return "not-a-url";
  if (url.protocol !== "https:") return "not-https";
  if (!/^https:\/\/[^/]/i.test(text)) return "not-a-url";
  if (url.username !== "" || url.password !== "" || /^[^/?#]*\/\/[^/?#]*@/.test(text)) return "credentials";
  if (text.includes("#")) return "fragment";
  if (text.includes("?") && !allows.query) return "query";
  return isReservedAddress(url.hostname.replace(/^\[|\]$/g, "")) ? "reserved-address" : null;
}

/** Cloud metadata, "this host" wildcards, multicast, and the ways IPv6 writes them. */
export function isReservedAddress(host: string): boolean {
  const address = host.replace(/%.*$/, "");
  const family = isIP(address);
  if (family === 0) return false;
  return reservedAddresses.check(address, family === 6 ? "ipv6" : "ipv4");
}

/** The same refusal for what a host name resolves to, at the moment of connecting. */
export const guardedLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, options, (error, address, family) => {
    const found = Array.isArray(address) ? address.map((one) => one.address) : [address];
    const refused = error ? undefined : found.find(isReservedAddress);
    if (refused === undefined) return callback(error, address, family);
    const refusal: NodeJS.ErrnoException = new Error(`${hostname} resolves to ${refused}, which is refused`);
    refusal.code = "EADDRREFUSED";
    callback(refusal, address, family);
  });
};

// A backslash and a dot segment are read differently by different URL parsers, so neither may decide where a call goes.
function hasOddCharacters(text: string): boolean {
  return /[^\u0021-\u007e]|[\\"<>^`{|}]|%(?![0-9a-f]{2})|%(?:[01][0-9a-f]|2[ef]|5c|7f)|\/\.{1,2}(?:[/?#]|$)/i.test(
    text,
  );
}

function buildReservedAddresses(): BlockList {
  const list = new BlockList();
  list.addSubnet("169.254.0.0", 16, "ipv4");
  list.addSubnet("0.0.0.0", 8, "ipv4");
  list.addSubnet("224.0.0.0", 3, "ipv4");
  list.addSubnet("fe80::", 10, "ipv6");
  list.addSubnet("ff00::", 8, "ipv6");
  list.addAddress("::", "ipv6");
  addMetadataServices(list);
  addTranslatedForms(list);
  return list;
}

// Metadata services outside the link-local range: Alibaba, Oracle, Azure, Amazon, Google.
function addMetadataServices(list: BlockList): void {
  for (const address of ["100.100.100.200", "192.0.0.192", "168.63.129.16"]) list.addAddress(address, "ipv4");
  list.addSubnet("fd00:ec2::", 32, "ipv6");
  list.addAddress("fd20:ce::254", "ipv6");
}

// An IPv4 address inside an IPv6 one: IPv4-compatible, NAT64 (well-known and local), 6to4; IPv4-mapped is checked as IPv4.
function addTranslatedForms(list: BlockList): void {
  list.addSubnet("::a9fe:0", 112, "ipv6");
  list.addSubnet("::e000:0", 99, "ipv6");
  list.addSubnet("64:ff9b::a9fe:0", 112, "ipv6");
  list.addSubnet("64:ff9b::", 104, "ipv6");
  list.addSubnet("64:ff9b::e000:0", 99, "ipv6");
  list.addSubnet("64:ff9b:1::", 48, "ipv6");
  list.addSubnet("2002:a9fe::", 32, "ipv6");
  list.addSubnet("2002::", 24, "ipv6");
  list.addSubnet("2002:e000::", 19, "ipv6");
}
