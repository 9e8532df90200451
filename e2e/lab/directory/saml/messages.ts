import { randomBytes } from "node:crypto";
import { escapeMarkup } from "../html-page";
import type { Person } from "../people";

const protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
const assertion = "urn:oasis:names:tc:SAML:2.0:assertion";
const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const persistentName = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
const validMs = 5 * 60_000;

export interface IdentityProviderFacts {
  entityId: string;
  ssoUrl: string;
  certificatePem: string;
}

export function metadataXml({ entityId, ssoUrl, certificatePem }: IdentityProviderFacts): string {
  const certificate = certificatePem.replace(/-----[A-Z ]+-----|\s/g, "");
  return [
    `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${escapeMarkup(entityId)}">`,
    `<md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="${protocol}">`,
    `<md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">`,
    `<ds:X509Data><ds:X509Certificate>${certificate}</ds:X509Certificate></ds:X509Data>`,
    `</ds:KeyInfo></md:KeyDescriptor>`,
    `<md:NameIDFormat>${persistentName}</md:NameIDFormat>`,
    `<md:SingleSignOnService Binding="${redirectBinding}" Location="${escapeMarkup(ssoUrl)}"/>`,
    `</md:IDPSSODescriptor></md:EntityDescriptor>`,
  ].join("");
}

export interface ResponseFacts {
  issuer: string;
  requestId: string;
  audience: string;
  recipient: string;
  person: Person;
  /** Null leaves the attribute out; an empty list is an attribute without values. */
  groups: string[] | null;
  now: Date;
}

/** The response before it is signed. */
export function responseXml(facts: ResponseFacts): { id: string; xml: string } {
  const id = messageId();
  const issued = facts.now.toISOString();
  const issuer = `<saml:Issuer>${escapeMarkup(facts.issuer)}</saml:Issuer>`;
  const recipient = escapeMarkup(facts.recipient);
  const inResponseTo = `InResponseTo="${escapeMarkup(facts.requestId)}"`;
  const xml = [
    `<samlp:Response xmlns:samlp="${protocol}" xmlns:saml="${assertion}" ID="${id}" Version="2.0"`,
    ` IssueInstant="${issued}" Destination="${recipient}" ${inResponseTo}>${issuer}`,
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>`,
    `<saml:Assertion xmlns:saml="${assertion}" ID="${messageId()}" Version="2.0" IssueInstant="${issued}">`,
    `${issuer}${subject(facts, inResponseTo)}${conditions(facts)}`,
    `<saml:AuthnStatement AuthnInstant="${issued}" SessionIndex="${messageId()}"><saml:AuthnContext>`,
    `<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport`,
    `</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    `<saml:AttributeStatement>${attributes(facts)}</saml:AttributeStatement></saml:Assertion></samlp:Response>`,
  ].join("");
  return { id, xml };
}

function subject({ person, recipient, now }: ResponseFacts, inResponseTo: string): string {
  return [
    `<saml:Subject><saml:NameID Format="${persistentName}">${escapeMarkup(person.id)}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">`,
    `<saml:SubjectConfirmationData NotOnOrAfter="${after(now)}" Recipient="${escapeMarkup(recipient)}"`,
    ` ${inResponseTo}/></saml:SubjectConfirmation></saml:Subject>`,
  ].join("");
}

function conditions({ audience, now }: ResponseFacts): string {
  return [
    `<saml:Conditions NotBefore="${now.toISOString()}" NotOnOrAfter="${after(now)}"><saml:AudienceRestriction>`,
    `<saml:Audience>${escapeMarkup(audience)}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
  ].join("");
}

function attributes({ person, groups }: ResponseFacts): string {
  return [
    attribute("uid", [person.username]),
    attribute("displayName", [person.displayName]),
    person.email === null ? "" : attribute("mail", [person.email]),
    groups === null ? "" : attribute("groups", groups),
  ].join("");
}

function attribute(name: string, values: string[]): string {
  const written = values.map((value) => `<saml:AttributeValue>${escapeMarkup(value)}</saml:AttributeValue>`);
  const format = "urn:oasis:names:tc:SAML:2.0:attrname-format:basic";
  return `<saml:Attribute Name="${name}" NameFormat="${format}">${written.join("")}</saml:Attribute>`;
}

/** Refuses what no service provider has a reason to send; the library only reads the fields. */
export function requireAuthnRequest(xml: string): void {
  if (/<!|<\?(?!xml )/.test(xml)) throw new Error("the message holds more than elements");
  const root = /^\s*(?:<\?xml [^>]*\?>\s*)?<([\w.-]+:)?AuthnRequest\s([^>]*)>/.exec(xml);
  if (!root) throw new Error("the message is no AuthnRequest");
  const written = root[2] ?? "";
  if (!written.includes(`="${protocol}"`)) throw new Error("the message is not of SAML 2.0");
  for (const wanted of [/\bID="[A-Za-z_][\w.-]*"/, /\bVersion="2\.0"/, /\bIssueInstant="[^"]+"/]) {
    if (!wanted.test(written)) throw new Error(`the AuthnRequest lacks ${wanted.source}`);
  }
}

function messageId(): string {
  return `_${randomBytes(20).toString("hex")}`;
}

function after(now: Date): string {
  return new Date(now.getTime() + validMs).toISOString();
}
