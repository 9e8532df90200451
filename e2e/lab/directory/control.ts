import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readBody, send } from "./exchange";
import type { LogoutNews, OidcServer } from "./oidc/provider";
import type { People, Person } from "./people";
import type { Registration, RegistrationDesk } from "./registration";
import { registrationChangeSchema } from "./registration";
import { readServiceProvider } from "./saml/identity-provider";

const personChangeSchema = z.strictObject({
  displayName: z.string().min(1).optional(),
  email: z.string().nullable().optional(),
  password: z.string().min(1).optional(),
  groups: z.array(z.string().min(1)).nullable().optional(),
  enabled: z.boolean().optional(),
});

const clientChangeSchema = registrationChangeSchema.extend({
  /** Read once, now, instead of the two names of SAML. */
  samlMetadataUrl: z.url().optional(),
});

export type ChangePerson = z.output<typeof personChangeSchema>;
export type ChangeClient = z.output<typeof clientChangeSchema>;

/** What tests and people at the lab may do that no application could. */
export interface DirectoryControl {
  people(): KnownPerson[];
  /** Changes somebody, or adds somebody new, in all three servers. */
  changePerson(username: string, change: ChangePerson): Promise<KnownPerson>;
  removePerson(username: string): Promise<void>;
  /** Ends somebody's OIDC sessions and tells the application by back-channel logout. */
  logOut(username: string): Promise<LogoutNews[]>;
  client(): Registration;
  changeClient(change: ChangeClient): Promise<Registration>;
}

export interface KnownPerson extends Omit<Person, "groups" | "saysGroups"> {
  /** By way of other groups too; null where OIDC and SAML leave the claim out. */
  groups: string[] | null;
}

export class UnknownPersonError extends Error {}

export interface ControlFacts {
  people: People;
  desk: RegistrationDesk;
  oidc: OidcServer;
}

export function createControl({ people, desk, oidc }: ControlFacts): DirectoryControl {
  const requirePerson = (username: string) => {
    const person = people.find(username);
    if (!person) throw new UnknownPersonError(`nobody is called ${username}`);
    return person;
  };
  return {
    people: () => people.list().map((person) => describePerson(people, person)),
    changePerson: async (username, change) => {
      const person = await people.change(username, change);
      if (!person.isEnabled) oidc.forget(person);
      return describePerson(people, person);
    },
    removePerson: async (username) => {
      oidc.forget(requirePerson(username));
      await people.remove(username);
    },
    logOut: (username) => oidc.logOut(requirePerson(username)),
    client: () => desk.current(),
    changeClient: async ({ samlMetadataUrl, ...change }) => {
      const read = samlMetadataUrl === undefined ? {} : await fetchServiceProvider(samlMetadataUrl);
      return desk.change({ ...change, ...read });
    },
  };
}

export function describePerson(people: People, { saysGroups, ...person }: Person): KnownPerson {
  return { ...person, groups: saysGroups ? people.groupsOf({ ...person, saysGroups }) : null };
}

async function fetchServiceProvider(url: string) {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) });
  if (!response.ok) throw new Error(`${url} answers ${response.status}`);
  return readServiceProvider(await response.text());
}

/** The same over plain HTTP. */
export async function answerControl(
  control: DirectoryControl,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const answer = (status: number, body: unknown) =>
    send(response, { status, type: "application/json", body: JSON.stringify(body) });
  try {
    answer(200, (await callControl(control, request)) ?? {});
  } catch (error) {
    const status = error instanceof UnknownPersonError ? 404 : 400;
    answer(status, { error: error instanceof Error ? error.message : String(error) });
  }
}

async function callControl(control: DirectoryControl, request: IncomingMessage): Promise<unknown> {
  const [root, room, username, verb, ...rest] = (request.url ?? "/")
    .slice(1)
    .split("/")
    .map(decodeURIComponent);
  const call = [request.method, root, room, username === undefined ? "" : "*", verb ?? "", ...rest].join(" ");
  switch (call.trimEnd()) {
    case "GET control people":
      return control.people();
    case "POST control people *":
      return control.changePerson(username ?? "", personChangeSchema.parse(await readJson(request)));
    case "DELETE control people *":
      return control.removePerson(username ?? "");
    case "POST control people * logout":
      return control.logOut(username ?? "");
    case "GET control client":
      return control.client();
    case "POST control client":
      return control.changeClient(clientChangeSchema.parse(await readJson(request)));
    default:
      throw new Error(`there is no ${request.method} ${request.url}`);
  }
}

// A page in a browser cannot send this type to another origin without asking first.
async function readJson(request: IncomingMessage): Promise<unknown> {
  if (request.headers["content-type"] !== "application/json") throw new Error("the body must be JSON");
  return JSON.parse(await readBody(request));
}
