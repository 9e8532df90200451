import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "ldapts";
import { freePort } from "../listen";
import type { People } from "../people";
import type { Secrets } from "../secrets";
import { baseDn, readerDn, rootDn } from "./entries";
import { copyPerson, removePerson } from "./live-changes";
import { startSlapd } from "./slapd";
import { findInstallation } from "./slapd-configuration";

export interface LdapAddress {
  /** TLS from the first byte. */
  url: string;
  /** Plain until StartTLS; no password is taken before. */
  startTlsUrl: string;
  baseDn: string;
  bindDn: string;
  bindPassword: string;
}

export interface LdapServer {
  address: LdapAddress;
  ports: { ldaps: number; ldap: number };
  stop(): Promise<void>;
}

const patienceMs = 10_000;

/** OpenLDAP's own server with these people in it, or why there is none. */
export async function startLdapServer(
  folder: string,
  people: People,
  secrets: Secrets,
): Promise<LdapServer | { missing: string }> {
  const installation = findInstallation();
  if ("missing" in installation) return installation;
  const ports = await choosePorts(secrets.ports);
  const { tls, rootPassword, bindPassword } = secrets;
  const facts = { installation, people, tls, rootPassword, bindPassword, ports };
  const slapd = await startSlapd({ ...facts, folder: path.join(folder, "slapd") });
  const url = `ldaps://127.0.0.1:${ports.ldaps}`;
  const asRoot = async (work: (client: Client) => Promise<unknown>) => {
    slapd.requireRunning();
    const client = new Client({
      url,
      tlsOptions: { ca: [tls.caPem] },
      timeout: 5_000,
      connectTimeout: 5_000,
    });
    try {
      await client.bind(rootDn, rootPassword);
      await work(client);
    } finally {
      await client.unbind();
    }
  };
  try {
    await waitForAnswer(() => asRoot(() => Promise.resolve()), slapd.requireRunning);
  } catch (error) {
    await slapd.stop();
    throw error;
  }
  people.onChange((person) => asRoot((client) => copyPerson(client, people, person)));
  people.onRemove((person) => asRoot((client) => removePerson(client, people, person)));
  const startTlsUrl = `ldap://127.0.0.1:${ports.ldap}`;
  const address = { url, startTlsUrl, baseDn, bindDn: readerDn, bindPassword };
  return { address, ports, stop: () => slapd.stop() };
}

async function choosePorts(wanted: { ldaps: number; ldap: number }) {
  const ldaps = await freePort(wanted.ldaps);
  for (;;) {
    const ldap = await freePort(wanted.ldap);
    if (ldap !== ldaps) return { ldaps, ldap };
  }
}

async function waitForAnswer(ask: () => Promise<void>, requireRunning: () => void): Promise<void> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      requireRunning();
      if (Date.now() > end) throw error;
      await sleep(50);
    }
  }
}
