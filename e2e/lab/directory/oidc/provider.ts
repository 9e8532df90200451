import type { IncomingMessage, ServerResponse } from "node:http";
import Provider from "oidc-provider";
import { readForm, sendPage } from "../exchange";
import { loginPage } from "../html-page";
import type { People, Person } from "../people";
import type { RegistrationDesk } from "../registration";
import { describeClient, describeProvider } from "./configuration";
import type { Memory } from "./memory";
import { openMemory } from "./memory";

export interface OidcServer {
  issuer: string;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Ends somebody's sessions here and tells the application by back-channel logout. */
  logOut(person: Person): Promise<LogoutNews[]>;
  /** Ends somebody's sessions here and tells nobody. */
  forget(person: Person): void;
}

export interface LogoutNews {
  username: string;
  sessionId: string;
  /** Null: the application took it. */
  problem: string | null;
}

export interface OidcFacts {
  issuer: string;
  people: People;
  desk: RegistrationDesk;
  jwks: { keys: Record<string, unknown>[] };
  cookieKey: string;
}

export function createOidcServer({ issuer, people, desk, jwks, cookieKey }: OidcFacts): OidcServer {
  const memory = openMemory((id) => {
    const registration = desk.current();
    return id === registration.clientId ? describeClient(registration) : undefined;
  });
  const provider = new Provider(issuer, describeProvider({ people, desk, memory, jwks, cookieKey }));
  provider.on("server_error", (_ctx: unknown, error: Error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
  });
  const answerProtocol = provider.callback();
  return {
    issuer,
    answer: async (request, response) => {
      if (request.url?.startsWith("/login/")) await answerLogin({ provider, people }, request, response);
      else await answerProtocol(request, response);
    },
    logOut: (person) => logOut(provider, memory, person),
    forget: (person) => memory.endSessions(person.id),
  };
}

interface Desk {
  provider: Provider;
  people: People;
}

async function answerLogin(
  { provider, people }: Desk,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { uid, params } = await provider.interactionDetails(request, response);
  const form = { server: "Directory lab (OIDC)", action: `/login/${uid}` };
  if (request.method !== "POST") {
    const hint = params["login_hint"];
    sendPage(response, 200, loginPage({ ...form, username: typeof hint === "string" ? hint : "" }));
    return;
  }
  const fields = await readForm(request);
  const username = fields.get("username") ?? "";
  const person = people.authenticate(username, fields.get("password") ?? "");
  if (person) {
    await provider.interactionFinished(request, response, { login: { accountId: person.id } });
    return;
  }
  const problem = "The user name or the password is wrong, or the account is disabled.";
  sendPage(response, 401, loginPage({ ...form, username, problem }));
}

async function logOut(provider: Provider, memory: Memory, person: Person): Promise<LogoutNews[]> {
  const news: LogoutNews[] = [];
  for (const { clientId, sessionId } of memory.sessionsOf(person.id)) {
    const problem = await tellClient(provider, clientId, { accountId: person.id, sessionId });
    news.push({ username: person.username, sessionId, problem });
  }
  memory.endSessions(person.id);
  return news;
}

async function tellClient(
  provider: Provider,
  clientId: string,
  session: { accountId: string; sessionId: string },
): Promise<string | null> {
  const client = await provider.Client.find(clientId);
  if (!client?.backchannelLogoutUri) return "the client has no back-channel logout address";
  try {
    await client.backchannelLogout(session.accountId, session.sessionId);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
