import { expect, test } from "vitest";
import { createSigningKeys } from "@/e2e/security/identity/saml/keys";
import { acsUrl, spEntityId } from "@/e2e/security/identity/saml/write-response";
import { readIdentityProviderMetadata, samlMetadata } from "./metadata";
import { attributeOf, onlyChild } from "./read-element";
import { SamlRefusal, type SamlReason } from "./refusal";
import { parseStrictXml } from "./strict-xml";
import { namespaces } from "./types";

const now = new Date("2031-05-04T10:00:00Z");
const keys = await createSigningKeys();
const bare = (pem: string) => pem.replace(/-----[^-]+-----/g, "").trim();
const keyDescriptor = (pem: string, use = ' use="signing"') =>
  `<md:KeyDescriptor${use}><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n${bare(pem)}\n</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>`;
const binding = (name: string, location: string) =>
  `<md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:${name}" Location="${location}"/>`;
const good =
  `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand -->\n` +
  `<md:EntityDescriptor xmlns:md="${namespaces.metadata}" xmlns:ds="${namespaces.signature}" entityID="https://idp.example.org" validUntil="2031-06-01T00:00:00Z">` +
  `<md:IDPSSODescriptor protocolSupportEnumeration="urn:mace:shibboleth:1.0 ${namespaces.protocol}">` +
  keyDescriptor(keys.current.certificatePem) +
  keyDescriptor(keys.elliptic.certificatePem, "") +
  keyDescriptor(keys.foreign.certificatePem, ' use="encryption"') +
  binding("HTTP-POST", "https://idp.example.org/post") +
  binding("HTTP-Redirect", "https://idp.example.org/sso?a=1&amp;b=2") +
  `</md:IDPSSODescriptor></md:EntityDescriptor>`;

test("the entity, the redirect address and the signing certificates are read", () => {
  const read = readIdentityProviderMetadata(good, now);
  expect(read.entityId).toBe("https://idp.example.org");
  expect(read.ssoUrl).toBe("https://idp.example.org/sso?a=1&b=2");
  expect(read.certificates.map(bare).map((text) => text.replace(/\s/g, ""))).toEqual(
    [keys.current, keys.elliptic].map((key) => bare(key.certificatePem).replace(/\s/g, "")),
  );
});

test.each<[string, SamlReason, string]>([
  ["a document type", "xml", good.replace("<md:Entity", "<!DOCTYPE x><md:Entity")],
  ["an entity", "xml", good.replace("https://idp.example.org/post", "&x;")],
  ["a comment without an end", "xml", good.replace("by hand -->", "by hand")],
  ["no XML", "xml", "https://idp.example.org/metadata"],
  ["too much", "size", good + " ".repeat(500_000)],
  ["several entities", "metadata", good.replaceAll("EntityDescriptor", "EntitiesDescriptor")],
  ["a service provider", "metadata", good.replaceAll("IDPSSODescriptor", "SPSSODescriptor")],
  ["SAML 1.1 only", "metadata", good.replace(namespaces.protocol, "urn:oasis:names:tc:SAML:1.1:protocol")],
  ["an end in the past", "metadata", good.replace("2031-06-01", "2031-05-01")],
  ["an end that is no time", "metadata", good.replace("2031-06-01T00:00:00Z", "soon")],
  ["no entity id", "metadata", good.replace('entityID="https://idp.example.org"', "")],
  ["an odd entity id", "metadata", good.replace('entityID="https://idp', 'entityID="https:// idp')],
  ["no redirect binding", "metadata", good.replace("HTTP-Redirect", "HTTP-Artifact")],
  ["an address that is not https", "metadata", good.replace("https://idp.example.org/sso", "http://idp/sso")],
  [
    "an address of a script",
    "metadata",
    good.replace("https://idp.example.org/sso?a=1&amp;b=2", "javascript:x"),
  ],
  [
    "an address with credentials",
    "metadata",
    good.replace("https://idp.example.org/sso", "https://a:b@idp/sso"),
  ],
  ["no certificate", "metadata", good.replace(/<md:KeyDescriptor[\s\S]*<\/md:KeyDescriptor>/, "")],
  [
    "a key that is too short",
    "certificate",
    good.replace(bare(keys.current.certificatePem), bare(keys.weak.certificatePem)),
  ],
  ["a certificate that is none", "certificate", good.replace(bare(keys.current.certificatePem), "QUJD")],
])("metadata with %s is refused", (_name, reason, xml) => {
  expect(reasonOf(() => readIdentityProviderMetadata(xml, now))).toBe(reason);
});

function reasonOf(read: () => unknown): string {
  try {
    read();
    return "accepted";
  } catch (error) {
    return error instanceof SamlRefusal ? error.reason : String(error);
  }
}

test("our metadata says the same every time and names the one address for answers", () => {
  const xml = samlMetadata({ entityId: spEntityId, assertionConsumerUrl: acsUrl });
  expect(samlMetadata({ entityId: spEntityId, assertionConsumerUrl: acsUrl })).toBe(xml);
  const { root } = parseStrictXml(xml, { lengthMax: 10_000, elementsMax: 50, comments: "refused" });
  expect(attributeOf(root, "entityID")).toBe(spEntityId);
  const role = onlyChild(root, { namespace: namespaces.metadata, name: "SPSSODescriptor" });
  expect(attributeOf(role, "WantAssertionsSigned")).toBe("true");
  const service = onlyChild(role, { namespace: namespaces.metadata, name: "AssertionConsumerService" });
  expect(attributeOf(service, "Location")).toBe(acsUrl);
  expect(attributeOf(service, "Binding")).toBe("urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST");
});
