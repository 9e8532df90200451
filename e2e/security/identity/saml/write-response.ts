import type { SamlConfig } from "@/lib/adapters/saml/types";

export const now = new Date("2031-05-04T10:00:00.000Z");
export const requestId = `_${"5a".repeat(20)}`;
export const acsUrl = "https://shepherd.example.org/api/v1/auth/providers/7/callback";
export const spEntityId = "https://shepherd.example.org/api/v1/auth/providers/7/metadata";
export const idpEntityId = "https://idp.example.org/metadata";

/** How far from now, in seconds. */
export function at(seconds: number): string {
  return new Date(now.getTime() + seconds * 1000).toISOString();
}

export function configWith(certificates: string[]): SamlConfig {
  return {
    entityId: spEntityId,
    assertionConsumerUrl: acsUrl,
    identityProvider: { entityId: idpEntityId, ssoUrl: "https://idp.example.org/sso", certificates },
    clockSkewSeconds: 30,
  };
}

/** Every piece of a response as XML, so that a case replaces one piece and signs the rest as it is. */
export interface ResponseParts {
  responseAttributes: string;
  responseIssuer: string;
  status: string;
  /** Between the status and the assertion. */
  beforeAssertion: string;
  afterAssertion: string;
  assertionAttributes: string;
  assertionIssuer: string;
  subject: string;
  conditions: string;
  statement: string;
  attributes: string;
}

const success = "urn:oasis:names:tc:SAML:2.0:status:Success";

export function goodParts(): ResponseParts {
  return {
    responseAttributes:
      `ID="_response1" Version="2.0" IssueInstant="${at(-5)}" Destination="${acsUrl}" ` +
      `InResponseTo="${requestId}"`,
    responseIssuer: issuer(),
    status: status(success),
    beforeAssertion: "",
    afterAssertion: "",
    assertionAttributes: `ID="_assertion1" Version="2.0" IssueInstant="${at(-5)}"`,
    assertionIssuer: issuer(),
    subject: subject(nameId("olivia"), confirmation({})),
    conditions: conditions({}),
    statement: `<saml:AuthnStatement AuthnInstant="${at(-10)}" SessionIndex="_session1"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>`,
    attributes: `<saml:AttributeStatement>${attribute("mail", ["olivia@example.org"])}${attribute("groups", ["engineering", "shop & Söhne"])}</saml:AttributeStatement>`,
  };
}

export function writeResponse(change: Partial<ResponseParts> = {}): string {
  const parts = { ...goodParts(), ...change };
  return (
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ` +
    `xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ${parts.responseAttributes}>` +
    `${parts.responseIssuer}${parts.status}${parts.beforeAssertion}${writeAssertion(parts)}${parts.afterAssertion}` +
    `</samlp:Response>`
  );
}

export function writeAssertion(parts: ResponseParts): string {
  return (
    `<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ${parts.assertionAttributes}>` +
    `${parts.assertionIssuer}${parts.subject}${parts.conditions}${parts.statement}${parts.attributes}` +
    `</saml:Assertion>`
  );
}

export function issuer(name = idpEntityId, attributes = ""): string {
  return `<saml:Issuer${attributes}>${name}</saml:Issuer>`;
}

export function status(value: string): string {
  return `<samlp:Status><samlp:StatusCode Value="${value}"/></samlp:Status>`;
}

export function nameId(content: string): string {
  return `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${content}</saml:NameID>`;
}

export function subject(name: string, confirmations: string): string {
  return `<saml:Subject>${name}${confirmations}</saml:Subject>`;
}

interface ConfirmationChange {
  method?: string;
  recipient?: string | null;
  inResponseTo?: string | null;
  notOnOrAfter?: string | null;
  more?: string;
}

export function confirmation(change: ConfirmationChange): string {
  const method = change.method ?? "urn:oasis:names:tc:SAML:2.0:cm:bearer";
  const facts = [
    pair("Recipient", change.recipient, acsUrl),
    pair("InResponseTo", change.inResponseTo, requestId),
    pair("NotOnOrAfter", change.notOnOrAfter, at(300)),
    change.more ?? "",
  ];
  return `<saml:SubjectConfirmation Method="${method}"><saml:SubjectConfirmationData ${facts.join(" ")}/></saml:SubjectConfirmation>`;
}

interface ConditionsChange {
  notBefore?: string | null;
  notOnOrAfter?: string | null;
  content?: string;
}

export function conditions(change: ConditionsChange): string {
  const period = [
    pair("NotBefore", change.notBefore, at(-60)),
    pair("NotOnOrAfter", change.notOnOrAfter, at(300)),
  ];
  return `<saml:Conditions ${period.join(" ")}>${change.content ?? audiences([spEntityId])}</saml:Conditions>`;
}

export function audiences(names: string[]): string {
  const list = names.map((name) => `<saml:Audience>${name}</saml:Audience>`).join("");
  return `<saml:AudienceRestriction>${list}</saml:AudienceRestriction>`;
}

export function attribute(name: string, values: string[]): string {
  const list = values.map(
    (value) => `<saml:AttributeValue>${value.replace("&", "&amp;")}</saml:AttributeValue>`,
  );
  return `<saml:Attribute Name="${name}">${list.join("")}</saml:Attribute>`;
}

function pair(name: string, change: string | null | undefined, usual: string): string {
  return change === null ? "" : `${name}="${change ?? usual}"`;
}
