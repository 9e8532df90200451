import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { readForm, openVisitor } from "@/e2e/lab/directory/visitor";
import { startDirectoryLab, type DirectoryLab } from "@/e2e/lab/directory/server";
import { GET as callback, POST as postCallback } from "@/app/api/v1/auth/providers/[id]/callback/route";
import { GET as start } from "@/app/api/v1/auth/providers/[id]/login/start/route";
import type { Context } from "@/lib/core/context";
import { publicBaseUrl } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { configureProvider } from "@/lib/identity/providers/configure-provider";
import type { CreateMapping } from "@/lib/identity/providers/mapping/schema";
import { ownAddresses } from "@/lib/identity/providers/rules";
import {
  configureProviderInput,
  type ClaimsMapping,
  type ConfigureProvider,
} from "@/lib/identity/providers/schema";
import { anAdministrator } from "./person";

/** The lab's three servers for one test file; `stop` also takes their folder away. */
export async function openDirectory(): Promise<DirectoryLab> {
  const stateFolder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-directory-"));
  const lab = await startDirectoryLab({ stateFolder });
  return {
    ...lab,
    stop: async () => {
      await lab.stop();
      fs.rmSync(stateFolder, { recursive: true, force: true });
    },
  };
}

const usual = {
  userId: null,
  username: null,
  email: null,
  displayName: null,
  groupsFormat: "array",
  cohortKind: "group",
} as const;
const claimsOf: Record<ConfigureProvider["authType"], ClaimsMapping> = {
  oidc: { ...usual, username: "preferred_username", email: "email", displayName: "name", groups: "groups" },
  saml: { ...usual, username: "uid", email: "mail", displayName: "displayName", groups: "groups" },
  ldap: { ...usual, groups: "groups" },
};

/** A provider set up against the lab and known to it, switched on. */
export async function aProvider(lab: DirectoryLab, authType: ConfigureProvider["authType"]): Promise<string> {
  const ctx = await anAdministrator();
  const general = {
    name: `${authType} ${newId().slice(-6)}`,
    authType,
    enabled: true,
    claimsMapping: claimsOf[authType],
  };
  const input = configureProviderInput.parse({ ...general, ...settingsOf(lab, authType) });
  const { id } = await configureProvider(ctx, input);
  const ours = ownAddresses(publicBaseUrl().origin, { id, authType });
  if (authType === "oidc") {
    const redirectUris = [...lab.control.client().redirectUris, ours.callbackUrl ?? ""];
    await lab.control.changeClient({ redirectUris, postLogoutRedirectUris: [ours.postLogoutUrl ?? ""] });
  }
  if (authType === "saml")
    await lab.control.changeClient({ samlEntityId: ours.entityId, samlAcs: ours.callbackUrl });
  return id;
}

export function settingsOf(lab: DirectoryLab, authType: ConfigureProvider["authType"]) {
  const { caCertificate } = lab;
  switch (authType) {
    case "oidc": {
      const { issuer, clientId, clientSecret } = lab.oidc;
      return { config: { issuer, clientId, caCertificate }, secrets: { clientSecret } };
    }
    case "saml": {
      const { entityId, ssoUrl, certificate } = lab.saml;
      return { config: { entityId, ssoUrl, certificates: [certificate] }, secrets: {} };
    }
    case "ldap": {
      if (lab.ldap === null) throw new Error("slapd is absent");
      const { url, baseDn, bindDn, bindPassword } = lab.ldap;
      return { config: { url, baseDn, bindDn, caCertificate }, secrets: { bindPassword } };
    }
  }
}

/** Where a browser stands after the way through a provider. */
export interface Landing {
  location: string;
  cookies: Map<string, string>;
}

/** A browser of its own: it keeps the portal's cookies and signs in at the lab's servers. */
export function aBrowser(lab: DirectoryLab, cookies = new Map<string, string>()) {
  const visitor = openVisitor(lab.caCertificate);
  const path = (id: string) => ({ params: Promise.resolve({ id }) });
  const origin = publicBaseUrl().origin;
  const send = (url: string, body?: URLSearchParams) =>
    new Request(url, {
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(body && { method: "POST", body }),
    });
  const keep = (response: Response): Landing => {
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return { location: response.headers.get("location") ?? `${response.status}`, cookies };
  };
  const passThrough = async (address: string, username: string) => {
    const page = await visitor.open(address);
    if (!page.html.includes('name="password"')) return page;
    const password = lab.people.find((person) => person.username === username)?.password ?? "";
    return visitor.submit(page, { username, password });
  };
  return {
    cookies,
    send,
    visitor,
    /** Away to the provider: its address, after the portal's cookie is kept. */
    async begin(providerId: string, returnTo = "/vms"): Promise<string> {
      const query = `return_to=${encodeURIComponent(returnTo)}`;
      const address = `${origin}/api/v1/auth/providers/${providerId}/login/start?${query}`;
      return keep(await start(send(address), path(providerId))).location;
    },
    /** SAML: the form by which the provider sends the person back. */
    async readPostedForm(address: string, username: string) {
      return readForm(await passThrough(address, username));
    },
    /** Through the provider's sign-in; ends where the browser comes back with the portal's cookies. */
    async goThrough(providerId: string, username: string, begun?: string): Promise<string> {
      const page = await passThrough(begun ?? (await this.begin(providerId)), username);
      if (!page.html.includes("SAMLResponse")) return page.url;
      const { action, hidden } = readForm(page);
      // The form crosses from the other site, so that no cookie of the portal comes along.
      const form = new Request(action, { method: "POST", body: new URLSearchParams(hidden) });
      const received = await postCallback(form, path(providerId));
      return new URL(received.headers.get("location") ?? "", origin).href;
    },
    async arrive(providerId: string, address: string): Promise<Landing> {
      return keep(await callback(send(address), path(providerId)));
    },
    async signIn(providerId: string, username: string): Promise<Landing> {
      return this.arrive(providerId, await this.goThrough(providerId, username));
    },
  };
}

/** Everybody in the group holds the role, everywhere in these environments. */
export function aMapping(
  providerId: string,
  mapped: { key: string; roleId: string; environments?: string[] },
): CreateMapping {
  return { providerId, kind: "group", systemId: null, environments: ["test"], ...mapped };
}

/** Nobody yet, as a door sees a visitor. */
export function aVisitor(): Context {
  const facts = { requestId: newId(), now: new Date(), address: null, userAgent: "test" };
  return { actor: { kind: "anonymous" }, ...facts };
}
