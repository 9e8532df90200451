import type { Configuration, HookContext, Payload } from "oidc-provider";
import { htmlPage, problemPage } from "../html-page";
import type { People, Person } from "../people";
import type { Registration, RegistrationDesk } from "../registration";
import type { Memory } from "./memory";

const hour = 3600;

export interface ProviderFacts {
  people: People;
  desk: RegistrationDesk;
  memory: Memory;
  jwks: { keys: Record<string, unknown>[] };
  cookieKey: string;
}

export function describeProvider({ people, desk, memory, jwks, cookieKey }: ProviderFacts): Configuration {
  return {
    adapter: (model) => memory.adapterFor(model),
    jwks,
    cookies: { keys: [cookieKey] },
    responseTypes: ["code"],
    pkce: { required: () => true },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256"] },
    // Like most company servers, it puts the groups into every token of a profile and into the id_token itself.
    scopes: ["openid", "profile", "email", "groups"],
    claims: {
      openid: ["sub"],
      profile: ["name", "preferred_username", "groups"],
      email: ["email", "email_verified"],
      groups: ["groups"],
    },
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: showLogout, postLogoutSuccessSource: showGoodbye },
    },
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/login/${uid}` },
    findAccount: (_ctx: unknown, id: string) => findAccount(people, id),
    loadExistingGrant: grantWhatIsAsked,
    clientBasedCORS: () => false,
    renderError: showError,
    fetch: fetchFrom(desk),
    ttl: {
      AccessToken: hour,
      AuthorizationCode: 60,
      IdToken: hour,
      RefreshToken: 8 * hour,
      Interaction: hour,
      Session: 8 * hour,
      Grant: 8 * hour,
    },
  };
}

/** Undefined while the client's address is not known yet. */
export function describeClient(registration: Registration): Payload | undefined {
  const { clientId, clientSecret, redirectUris, postLogoutRedirectUris, backchannelLogoutUri } = registration;
  if (redirectUris.length === 0) return undefined;
  return {
    client_id: clientId,
    client_secret: clientSecret,
    redirect_uris: redirectUris,
    post_logout_redirect_uris: postLogoutRedirectUris,
    response_types: ["code"],
    grant_types: ["authorization_code"],
    token_endpoint_auth_method: "client_secret_basic",
    id_token_signed_response_alg: registration.idTokenAlgorithm,
    ...(backchannelLogoutUri !== null && {
      backchannel_logout_uri: backchannelLogoutUri,
      backchannel_logout_session_required: true,
    }),
  };
}

function findAccount(people: People, id: string) {
  const person = people.findById(id);
  if (!person?.isEnabled) return undefined;
  return { accountId: id, claims: () => claimsOf(people, person) };
}

function claimsOf(people: People, person: Person): Record<string, unknown> {
  return {
    sub: person.id,
    name: person.displayName,
    preferred_username: person.username,
    ...(person.email !== null && { email: person.email, email_verified: true }),
    ...(person.saysGroups && { groups: people.groupsOf(person) }),
  };
}

/** The application belongs to the company, so nobody is asked for consent. */
async function grantWhatIsAsked({ oidc }: HookContext) {
  const { provider, client, session, params } = oidc;
  const known = session.grantIdFor(client.clientId);
  const facts = { clientId: client.clientId, accountId: session.accountId };
  const grant =
    (known === undefined ? undefined : await provider.Grant.find(known)) ?? new provider.Grant(facts);
  grant.addOIDCScope(params["scope"] ?? "openid");
  await grant.save();
  return grant;
}

// The library refuses special addresses, and the product runs on a loopback one here: it may be called, and nothing else.
function fetchFrom(desk: RegistrationDesk) {
  return (url: string, { dispatcher: _guard, ...options }: RequestInit & { dispatcher?: unknown }) => {
    const { backchannelLogoutUri } = desk.current();
    const isRegistered = backchannelLogoutUri !== null && new URL(backchannelLogoutUri).href === url;
    return isRegistered ? fetch(url, options) : Promise.reject(new Error(`${url} is not registered`));
  };
}

function showLogout(ctx: HookContext, form: string): void {
  const button = `<button type="submit" form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
  // Whoever proves who they are by an id_token has been asked by the application already.
  const proven = ctx.oidc.params["id_token_hint"] !== undefined;
  const click = proven ? `<script>document.querySelector("button").click()</script>` : "";
  ctx.body = htmlPage("Sign out of the directory lab?", `${form}${button}${click}`);
}

function showGoodbye(ctx: HookContext): void {
  ctx.body = htmlPage("Signed out", "<p>The directory lab has forgotten this browser.</p>");
}

function showError(ctx: HookContext, problem: Record<string, string>): void {
  ctx.type = "html";
  ctx.body = problemPage("The directory lab refused", Object.values(problem).join(": "));
}
