import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { IdentityProviderInstance, ServiceProviderInstance } from "samlify";
import { IdentityProvider, ServiceProvider, setSchemaValidator } from "samlify";
import { readForm, send, sendPage } from "../exchange";
import { hiddenFields, htmlPage, loginPage, problemPage } from "../html-page";
import type { People, Person } from "../people";
import type { RegistrationDesk } from "../registration";
import { metadataXml, requireAuthnRequest, responseXml } from "./messages";

export interface SamlServer {
  entityId: string;
  metadataUrl: string;
  ssoUrl: string;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

export interface SamlFacts {
  origin: string;
  people: People;
  desk: RegistrationDesk;
  signing: { certificatePem: string; keyPem: string };
}

interface Pending {
  requestId: string;
  entityId: string;
  acs: string;
  relayState: string | null;
}

interface Front {
  origin: string;
  people: People;
  desk: RegistrationDesk;
  metadata: string;
  idp: IdentityProviderInstance;
  /** Requests whose people have not signed in yet. */
  pending: Map<string, Pending>;
}

const pendingMax = 1000;
const title = "Directory lab (SAML)";

setSchemaValidator({
  validate: (xml) => Promise.resolve().then(() => requireAuthnRequest(xml)),
});

/** Keeps no session of its own: every request asks for the password. */
export function createSamlServer({ origin, people, desk, signing }: SamlFacts): SamlServer {
  const entityId = `${origin}/metadata`;
  const ssoUrl = `${origin}/sso`;
  const metadata = metadataXml({ entityId, ssoUrl, certificatePem: signing.certificatePem });
  const idp = IdentityProvider({
    metadata,
    privateKey: signing.keyPem,
    requestSignatureAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  });
  const front: Front = { origin, people, desk, metadata, idp, pending: new Map() };
  return {
    entityId,
    metadataUrl: entityId,
    ssoUrl,
    answer: (request, response) => answerRequest(front, request, response),
  };
}

async function answerRequest(front: Front, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? "/", front.origin);
  switch (`${request.method} ${url.pathname}`) {
    case "GET /metadata":
      return send(response, { status: 200, type: "application/samlmetadata+xml", body: front.metadata });
    case "GET /sso":
      return answerSignOn(front, url.searchParams, response);
    case "POST /login":
      return answerLogin(front, await readForm(request), response);
    default:
      return sendPage(response, 404, problemPage(title, "There is nothing here."));
  }
}

async function answerSignOn(front: Front, query: URLSearchParams, response: ServerResponse) {
  try {
    const pending = await readRequest(front, query);
    const ticket = randomBytes(18).toString("base64url");
    front.pending.set(ticket, pending);
    for (const oldest of front.pending.keys()) {
      if (front.pending.size > pendingMax) front.pending.delete(oldest);
    }
    sendPage(response, 200, loginPage({ server: title, action: "/login", hidden: { ticket } }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    sendPage(response, 400, problemPage(title, `The request is refused: ${reason}.`));
  }
}

async function readRequest(front: Front, query: URLSearchParams): Promise<Pending> {
  const { samlEntityId: entityId, samlAcs: acs } = front.desk.current();
  if (entityId === null || acs === null) throw new Error("no service provider is registered");
  const { extract } = await front.idp.parseLoginRequest(serviceProvider(entityId, acs), "redirect", {
    query: { SAMLRequest: query.get("SAMLRequest") ?? "" },
  });
  const asked = extract.request ?? {};
  const { id, destination, assertionConsumerServiceUrl } = asked;
  if (typeof id !== "string") throw new Error("the request has no ID");
  if (extract.issuer !== entityId) throw new Error(`${String(extract.issuer)} is not registered`);
  if (destination && destination !== `${front.origin}/sso`) throw new Error("it is meant for another server");
  if (assertionConsumerServiceUrl && assertionConsumerServiceUrl !== acs) {
    throw new Error("the answer would go to an address that is not registered");
  }
  return { requestId: id, entityId, acs, relayState: query.get("RelayState") };
}

async function answerLogin(front: Front, fields: URLSearchParams, response: ServerResponse) {
  const ticket = fields.get("ticket") ?? "";
  const pending = front.pending.get(ticket);
  if (!pending) return sendPage(response, 400, problemPage(title, "Start again at the application."));
  const username = fields.get("username") ?? "";
  const person = front.people.authenticate(username, fields.get("password") ?? "");
  if (!person) {
    const problem = "The user name or the password is wrong, or the account is disabled.";
    const form = { server: title, action: "/login", hidden: { ticket }, username, problem };
    return sendPage(response, 401, loginPage(form));
  }
  front.pending.delete(ticket);
  sendPage(response, 200, await postingPage(front, pending, person));
}

async function postingPage(front: Front, pending: Pending, person: Person): Promise<string> {
  const { acs, relayState } = pending;
  const fields = {
    SAMLResponse: await signedResponse(front, pending, person),
    ...(relayState !== null && { RelayState: relayState }),
  };
  return htmlPage(
    title,
    `<form method="post" action="${acs}">${hiddenFields(fields)}<button type="submit">Continue</button></form>
<script>document.forms[0].submit()</script>`,
  );
}

async function signedResponse(front: Front, pending: Pending, person: Person): Promise<string> {
  const { id, xml } = responseXml({
    issuer: `${front.origin}/metadata`,
    requestId: pending.requestId,
    audience: pending.entityId,
    recipient: pending.acs,
    person,
    groups: person.saysGroups ? front.people.groupsOf(person) : null,
    now: new Date(),
  });
  const provider = serviceProvider(pending.entityId, pending.acs);
  const request = { extract: { request: { id: pending.requestId } } };
  const options = { customTagReplacement: () => ({ id, context: xml }) };
  const { context } = await front.idp.createLoginResponse(provider, request, "post", {}, options);
  return context;
}

/** Wants the assertion signed and the response around it too. */
function serviceProvider(entityId: string, acs: string): ServiceProviderInstance {
  return ServiceProvider({
    entityID: entityId,
    wantAssertionsSigned: true,
    wantMessageSigned: true,
    assertionConsumerService: [{ Binding: "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST", Location: acs }],
  });
}

/** The names in a service provider's own metadata. */
export function readServiceProvider(xml: string): { samlEntityId: string; samlAcs: string } {
  const { entityMeta } = ServiceProvider({ metadata: xml });
  const acs = entityMeta.getAssertionConsumerService("post");
  const samlEntityId = entityMeta.getEntityID();
  if (typeof acs !== "string") throw new Error("the metadata names no one address for responses");
  return { samlEntityId, samlAcs: acs };
}
