import { createHash } from "node:crypto";
import { generateServiceProviderMetadata } from "@node-saml/node-saml";
import { refusalOfOutsideAddress } from "@/lib/core/outside-address";
import { readCertificate } from "./certificates";
import { readInstant } from "./instants";
import { attributeOf, childrenNamed, isNamed, onlyChild, plainText, requiredAttribute } from "./read-element";
import { refuse } from "./refusal";
import { everyElement, parseStrictXml } from "./strict-xml";
import { namespaces, type IdentityProvider, type SamlConfig } from "./types";

const md = (name: string) => ({ namespace: namespaces.metadata, name });
const redirectBinding = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
const certificatesMax = 10;
const entityIdLengthMax = 1024;

/** What an identity provider needs to know of us. */
export function samlMetadata(config: Pick<SamlConfig, "entityId" | "assertionConsumerUrl">): string {
  return generateServiceProviderMetadata({
    issuer: config.entityId,
    callbackUrl: config.assertionConsumerUrl,
    identifierFormat: null,
    wantAssertionsSigned: true,
    generateUniqueId: () => `_${createHash("sha256").update(config.entityId).digest("hex").slice(0, 40)}`,
  });
}

/** The entity, the address of its redirect binding and its signing certificates, from one EntityDescriptor. */
export function readIdentityProviderMetadata(xml: string, now: Date = new Date()): IdentityProvider {
  const { root } = parseStrictXml(xml.replace(/^\uFEFF/, ""), {
    lengthMax: 500_000,
    elementsMax: 8000,
    comments: "dropped",
  });
  if (!isNamed(root, namespaces.metadata, "EntityDescriptor"))
    return refuse("metadata", "not one EntityDescriptor");
  refuseEnded(root, now);
  const role = onlyChild(root, md("IDPSSODescriptor"), "metadata");
  refuseEnded(role, now);
  const protocols = attributeOf(role, "protocolSupportEnumeration") ?? "";
  if (!protocols.split(/\s+/).includes(namespaces.protocol)) return refuse("metadata", "not SAML 2.0");
  return { entityId: readEntityId(root), ssoUrl: readSsoUrl(role), certificates: readCertificates(role) };
}

function refuseEnded(element: Element, now: Date): void {
  const end = attributeOf(element, "validUntil");
  if (end !== null && readInstant(end, "metadata") <= now) refuse("metadata", "the document has expired");
}

function readEntityId(root: Element): string {
  const entityId = requiredAttribute(root, "entityID", "metadata");
  const isOdd = entityId.length > entityIdLengthMax || /[\s\p{Cc}]/u.test(entityId);
  return isOdd ? refuse("metadata", "an odd entity id") : entityId;
}

function readSsoUrl(role: Element): string {
  const addresses = childrenNamed(role, md("SingleSignOnService"))
    .filter((address) => attributeOf(address, "Binding") === redirectBinding)
    .map((address) => attributeOf(address, "Location") ?? "");
  const [address] = addresses;
  if (address === undefined) return refuse("metadata", "no address for the redirect binding");
  const refusal = refusalOfOutsideAddress(address, { query: true });
  if (refusal) return refuse("metadata", `the address of the redirect binding is refused (${refusal})`);
  return address;
}

function readCertificates(role: Element): string[] {
  const texts = childrenNamed(role, md("KeyDescriptor"))
    .filter((key) => (attributeOf(key, "use") ?? "signing") === "signing")
    .flatMap((key) => [...everyElement(key)])
    .filter((element) => isNamed(element, namespaces.signature, "X509Certificate"))
    .map((element) => plainText(element) ?? refuse("metadata", "a certificate that is more than text"));
  if (texts.length === 0 || texts.length > certificatesMax)
    return refuse("metadata", `${texts.length} signing certificates`);
  return [...new Set(texts.map(readCertificate))];
}
