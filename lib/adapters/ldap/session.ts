import type { TLSSocket } from "node:tls";
import { Client } from "ldapts";
import type { Entry, Filter } from "ldapts";
import { asLdapFailure, LdapFailure } from "./failure";
import { openSocket } from "./open-socket";
import type { LdapConfig } from "./types";

export interface DirectorySearch {
  baseDn: string;
  filter: Filter;
  attributes: string[];
  scope?: "base" | "sub";
  /** No more entries than this are read. */
  limit: number;
}

/** One bound connection; it is never opened again by itself, so nothing is asked unencrypted or unbound. */
export interface Directory {
  search(search: DirectorySearch): Promise<Entry[]>;
}

const bytesMax = 64 * 1024 * 1024;
const pageSize = 200;
const bufferAttributes = ["objectGUID", "objectSid", "GUID"];

/** Works as the account that searches, and closes the connection whatever happens. */
export async function withDirectory<Result>(
  config: LdapConfig,
  work: (directory: Directory) => Promise<Result>,
): Promise<Result> {
  if (config.bindDn === "" || config.bindPassword === "")
    throw new LdapFailure("rejected", "credentials", "the account that searches needs a name and a password");
  return withClient(config, async (client, socket) => {
    await bind(client, { dn: config.bindDn, password: config.bindPassword });
    boundBytes(socket);
    return work({ search: (search) => runSearch(client, config, search) });
  });
}

/** Binds as somebody on a connection of their own; a refusal is the caller's to read. */
export function bindOnce(config: LdapConfig, credentials: { dn: string; password: string }): Promise<void> {
  return withClient(config, (client) => bind(client, credentials));
}

async function withClient<Result>(
  config: LdapConfig,
  work: (client: Client, socket: TLSSocket) => Promise<Result>,
): Promise<Result> {
  let socket: TLSSocket | null = null;
  try {
    socket = await openSocket(config);
    return await work(clientOver(config, socket), socket);
  } catch (error) {
    throw asLdapFailure(error);
  } finally {
    socket?.on("error", () => undefined).destroy();
  }
}

function clientOver(config: LdapConfig, socket: TLSSocket): Client {
  let isTaken = false;
  return new Client({
    url: config.url.replace(/^ldap:/i, "ldaps:"),
    timeout: config.timeoutSeconds * 1000,
    createSecureConnection: () => {
      if (isTaken) throw new LdapFailure("unavailable", "unreachable", "the connection was lost");
      isTaken = true;
      return socket;
    },
  });
}

// The library takes a mechanism's name for a DN, and an empty password would be no proof at all.
async function bind(client: Client, { dn, password }: { dn: string; password: string }): Promise<void> {
  if (!dn.includes("=") || password === "")
    throw new LdapFailure("rejected", "credentials", "no one to bind as");
  await client.bind(dn, password);
}

function boundBytes(socket: TLSSocket): void {
  let bytes = 0;
  socket.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > bytesMax) socket.destroy(new Error("the directory answers without end"));
  });
}

async function runSearch(client: Client, config: LdapConfig, search: DirectorySearch): Promise<Entry[]> {
  const { baseDn, filter, attributes, scope = "sub", limit } = search;
  const pages = client.searchPaginated(baseDn, {
    scope,
    filter,
    attributes,
    explicitBufferAttributes: [...bufferAttributes, config.attributes.id].filter(isBinaryName),
    paged: { pageSize: Math.min(pageSize, limit) },
    timeLimit: Math.ceil(config.timeoutSeconds),
  });
  const entries: Entry[] = [];
  for await (const page of pages) {
    entries.push(...page.searchEntries);
    if (entries.length >= limit) break;
  }
  return entries.slice(0, limit);
}

/** Attributes whose values are bytes even where they happen to read as text. */
export function isBinaryName(attribute: string): boolean {
  return bufferAttributes.some((name) => name.toLowerCase() === attribute.toLowerCase());
}
