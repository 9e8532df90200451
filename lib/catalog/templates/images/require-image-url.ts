import { BlockList, isIP } from "node:net";
import { fieldRefused } from "@/lib/core/errors";
import { isReservedAddress } from "@/lib/core/outside-address";
import type { SourceType } from "@/lib/clusters/placement";

export type ImageUrlRefusal =
  | "missing"
  | "too_long"
  | "odd_characters"
  | "not_https"
  | "not_a_registry"
  | "credentials"
  | "fragment"
  | "no_path"
  | "inside_address"
  | "inside_name"
  | "single_label"
  | "port"
  | "not_allowed";

const lengthMax = 2_000;

/** Where KubeVirt fetches a disk from, checked before anybody does. @throws VALIDATION_FAILED on imageUrl */
export function requireImageUrl(
  sourceType: SourceType,
  imageUrl: string | null,
  allowedHosts: readonly string[],
): void {
  const reason = refusalOfImageUrl(sourceType, imageUrl ?? "", allowedHosts);
  if (reason !== null) throw fieldRefused("imageUrl", `image_${reason}`, { sourceType });
}

/**
 * Null when a cluster may fetch from there. The cluster stands inside the company's network, so whatever lives there is
 * out of reach: addresses of it in any spelling, and the names by which a cluster calls its own.
 * @param allowedHosts empty: every public host; `.example.com` stands for the hosts below it
 */
export function refusalOfImageUrl(
  sourceType: SourceType,
  imageUrl: string,
  allowedHosts: readonly string[],
): ImageUrlRefusal | null {
  if (imageUrl === "") return "missing";
  if (imageUrl.length > lengthMax) return "too_long";
  if (/[^\u0021-\u007e]|[\\"<>^`{|}]/.test(imageUrl)) return "odd_characters";
  const place = sourceType === "containerdisk" ? placeOfDisk(imageUrl) : placeOfImport(imageUrl);
  return typeof place === "string"
    ? place
    : (refusalOfHost(place) ?? refusalByList(place.host, allowedHosts));
}

interface Place {
  /** As the URL parser wrote it: lower case, numbers resolved. */
  host: string;
  port: string;
}

function placeOfImport(text: string): Place | ImageUrlRefusal {
  if (!/^https:\/\/[^/]/.test(text)) return "not_https";
  if (/%(?![0-9a-f]{2})|%(?:[01][0-9a-f]|2[ef]|5c|7f)|\/\.{1,2}(?:[/?#]|$)/i.test(text))
    return "odd_characters";
  const url = URL.parse(text);
  if (url === null) return "not_https";
  if (url.username !== "" || url.password !== "" || /^https:\/\/[^/?#]*@/.test(text)) return "credentials";
  if (text.includes("#")) return "fragment";
  if (/^https:\/\/[^/?#]*%/.test(text)) return "odd_characters";
  if (url.pathname === "/" || url.pathname === "") return "no_path";
  return { host: url.hostname, port: url.port };
}

const repositoryPath =
  /^(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;

/** A reference names its registry: without one, each cluster would look somewhere else. */
function placeOfDisk(text: string): Place | ImageUrlRefusal {
  const reference = text.replace(/^docker:\/\//, "");
  if (reference.includes("://")) return "not_a_registry";
  if (reference.includes("#")) return "fragment";
  const cut = reference.indexOf("/");
  if (cut <= 0 || !repositoryPath.test(reference.slice(cut))) {
    return /^[^/]*@/.test(reference) && !reference.includes("@sha256:") ? "credentials" : "not_a_registry";
  }
  const authority = reference.slice(0, cut);
  if (authority.includes("@")) return "credentials";
  if (!/^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/.test(authority)) return "not_a_registry";
  const url = URL.parse(`https://${authority}/`);
  return url === null ? "not_a_registry" : { host: url.hostname, port: url.port };
}

function refusalOfHost({ host, port }: Place): ImageUrlRefusal | null {
  if (port !== "" && Number(port) < 1024) return "port";
  const name = host.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
  if (isIP(name) !== 0) return isInsideAddress(name) ? "inside_address" : null;
  // A last label of digits alone is an address that one parser reads and another looks up.
  if (/(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(name)) return "inside_address";
  if (isInsideName(name)) return "inside_name";
  return name.includes(".") ? null : "single_label";
}

const insideAddresses = buildInsideAddresses();

function isInsideAddress(address: string): boolean {
  if (isReservedAddress(address)) return true;
  return insideAddresses.check(address, isIP(address) === 6 ? "ipv6" : "ipv4");
}

/** Networks no public image lives in: loopback, private, shared, documentation, and IPv6 that carries or hides IPv4. */
function buildInsideAddresses(): BlockList {
  const list = new BlockList();
  const four: [string, number][] = [
    ...([
      ["10.0.0.0", 8],
      ["127.0.0.0", 8],
      ["172.16.0.0", 12],
      ["192.168.0.0", 16],
    ] as [string, number][]),
    ...([
      ["100.64.0.0", 10],
      ["192.0.0.0", 24],
      ["192.0.2.0", 24],
      ["198.18.0.0", 15],
    ] as [string, number][]),
    ...([
      ["198.51.100.0", 24],
      ["203.0.113.0", 24],
      ["192.88.99.0", 24],
    ] as [string, number][]),
  ];
  for (const [network, bits] of four) list.addSubnet(network, bits, "ipv4");
  const six: [string, number][] = [
    ...([
      ["::", 96],
      ["::ffff:0:0:0", 96],
      ["64:ff9b::", 96],
      ["64:ff9b:1::", 48],
    ] as [string, number][]),
    ...([
      ["2002::", 16],
      ["2001::", 23],
      ["2001:db8::", 32],
      ["fc00::", 7],
    ] as [string, number][]),
    ...([
      ["fe80::", 10],
      ["fec0::", 10],
      ["100::", 64],
      ["3fff::", 20],
      ["5f00::", 16],
    ] as [string, number][]),
  ];
  for (const [network, bits] of six) list.addSubnet(network, bits, "ipv6");
  return list;
}

/** Domains that lead into a cluster, a host or a company rather than out to the world. */
const insideDomains = [
  ...["localhost", "localdomain", "local", "internal", "intranet", "private", "corp", "home", "lan"],
  ...["home.arpa", "in-addr.arpa", "ip6.arpa", "svc", "cluster.local", "default", "test", "invalid", "onion"],
];
/** Public names that resolve to whatever address is written in them. */
const addressDomains = [
  "nip.io",
  "sslip.io",
  "xip.io",
  "localtest.me",
  "lvh.me",
  "vcap.me",
  "rebind.network",
];
const metadataNames = ["metadata", "instance-data", "metadata.google.internal", "metadata.goog"];

function isInsideName(name: string): boolean {
  if (metadataNames.includes(name) || /^kubernetes(\.|$)/.test(name)) return true;
  // The service's own name within a cluster: name.namespace.svc and anything below it.
  if (/\.svc(\.|$)/.test(name)) return true;
  return [...insideDomains, ...addressDomains].some(
    (domain) => name === domain || name.endsWith(`.${domain}`),
  );
}

function refusalByList(host: string, allowedHosts: readonly string[]): ImageUrlRefusal | null {
  if (allowedHosts.length === 0) return null;
  const name = host.replace(/\.+$/, "");
  const isAllowed = allowedHosts.some((allowed) =>
    allowed.startsWith(".") ? name.endsWith(allowed.toLowerCase()) : name === allowed.toLowerCase(),
  );
  return isAllowed ? null : "not_allowed";
}
