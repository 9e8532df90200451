import {
  attributeOf,
  childrenNamed,
  isNamed,
  onlyChild,
  optionalChild,
  plainText,
  refuseOtherChildren,
  requiredAttribute,
} from "./read-element";
import { refuse } from "./refusal";
import { notInFuture, readInstant } from "./instants";
import { namespaces, type Expectation } from "./types";

const samlp = (name: string) => ({ namespace: namespaces.protocol, name });
const saml = (name: string) => ({ namespace: namespaces.assertion, name });
const success = "urn:oasis:names:tc:SAML:2.0:status:Success";
const entityFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

/** The one assertion of a response of SAML 2.0, by place and name. */
export function findAssertion(response: Element): Element {
  if (!isNamed(response, namespaces.protocol, "Response")) refuse("structure", "not a SAML 2.0 response");
  if (attributeOf(response, "Version") !== "2.0") refuse("structure", "another version than 2.0");
  checkStatus(response);
  const encrypted = childrenNamed(response, saml("EncryptedAssertion"));
  if (encrypted.length > 0) refuse("encrypted", "an encrypted assertion");
  return onlyChild(response, saml("Assertion"));
}

/** What the envelope says; its own signature, where it has one, obliges it to say where it goes and who sent it. */
export function checkEnvelope(response: Element, isSigned: boolean, expectation: Expectation): void {
  const names = [samlp("Status"), saml("Issuer"), saml("Assertion")];
  const signature = { namespace: namespaces.signature, name: "Signature" };
  refuseOtherChildren(response, [...names, signature], "structure");
  const { config, requestId, now } = expectation;
  const issuer = optionalChild(response, saml("Issuer"), "issuer");
  if (issuer) checkIssuer(issuer, config.identityProvider.entityId);
  else if (isSigned) refuse("issuer", "a signed response without its issuer");
  const destination = attributeOf(response, "Destination");
  if (destination === null ? isSigned : destination !== config.assertionConsumerUrl)
    refuse("destination", "the response is addressed to another place");
  if (attributeOf(response, "InResponseTo") !== requestId)
    refuse("in_response_to", "the response answers another request, or none");
  const issued = readInstant(requiredAttribute(response, "IssueInstant", "structure"), "structure");
  notInFuture(issued, { now, skewSeconds: config.clockSkewSeconds });
}

export function checkIssuer(issuer: Element, entityId: string): void {
  const format = attributeOf(issuer, "Format");
  if (format !== null && format !== entityFormat) refuse("issuer", "the issuer is not named as an entity");
  if (plainText(issuer) !== entityId) refuse("issuer", "another identity provider");
}

function checkStatus(response: Element): void {
  const status = onlyChild(response, samlp("Status"), "status");
  const code = onlyChild(status, samlp("StatusCode"), "status");
  if (attributeOf(code, "Value") === success) return;
  refuse("status", (attributeOf(code, "Value") ?? "no status").slice(0, 200));
}
