import { badXml, type BadCase } from "./bad-case";
import type { SigningKeys } from "./keys";
import { signPart } from "./sign-response";
import { goodParts, nameId, subject, confirmation, writeAssertion, writeResponse } from "./write-response";

const signaturePattern = /<ds:Signature[\s\S]*<\/ds:Signature>/;

interface Pieces {
  /** The whole signed response. */
  response: string;
  /** The signed assertion as it stands in it, and without its signature. */
  assertion: string;
  bare: string;
  signature: string;
  /** The attacker's assertion: another person, another id, unsigned. */
  evil: string;
}

/** Signature wrapping: a valid signature stays somewhere while the reader is led to another assertion (XSW 1 to 8). */
export function wrappingCases(keys: SigningKeys): BadCase[] {
  return [...responseWrapping(keys), ...assertionWrapping(keys), ...moreWrapping(keys)];
}

function responseWrapping(keys: SigningKeys): BadCase[] {
  const signed = signPart(writeResponse(), "Response", keys.current);
  const signature = signaturePattern.exec(signed)?.[0] ?? "";
  const original = signed.replace(signature, "");
  const evil = writeResponse({ subject: subject(nameId("admin"), confirmation({})) }).replace(
    "_response1",
    "_evil",
  );
  const withObject = signature.replace(
    "</ds:Signature>",
    `<ds:Object>${original}</ds:Object></ds:Signature>`,
  );
  return [
    badXml(
      "XSW1: the signed response inside the signature's object",
      "structure",
      afterIssuer(evil, withObject),
    ),
    badXml(
      "XSW2: the signed response beside a detached signature",
      "structure",
      afterIssuer(evil, `${original}${signature}`),
    ),
    badXml(
      "the signed response inside the attacker's extensions",
      "structure",
      afterIssuer(evil, `<samlp:Extensions>${signed}</samlp:Extensions>`),
    ),
    badXml(
      "a signed response with another assertion swapped in",
      "signature_invalid",
      signed.replace(/<saml:Assertion[\s\S]*<\/saml:Assertion>/, evilAssertion()),
    ),
  ];
}

function assertionWrapping(keys: SigningKeys): BadCase[] {
  const { response, assertion, bare, signature, evil } = cut(keys);
  const evilOpen = evil.replace("</saml:Assertion>", "");
  const swap = (replacement: string) => response.replace(assertion, replacement);
  const evilSigned = afterIssuer(evil, signature);
  const inObject = signature.replace("</ds:Signature>", `<ds:Object>${bare}</ds:Object></ds:Signature>`);
  return [
    badXml("XSW3: the attacker's assertion before the signed one", "structure", swap(`${evil}${assertion}`)),
    badXml(
      "XSW4: the signed assertion inside the attacker's",
      "structure",
      swap(`${evilOpen}${assertion}</saml:Assertion>`),
    ),
    badXml(
      "XSW5: the signature moved into the attacker's assertion, the original last",
      "structure",
      swap(`${evilSigned}${bare}`),
    ),
    badXml(
      "XSW6: the original inside the signature of the attacker's",
      "structure",
      swap(evilSigned.replace("</ds:Signature>", `${bare}</ds:Signature>`)),
    ),
    badXml(
      "XSW7: the attacker's assertion inside extensions",
      "structure",
      swap(`<samlp:Extensions>${evil}</samlp:Extensions>${assertion}`),
    ),
    badXml(
      "XSW8: the original inside an object of the attacker's signature",
      "structure",
      swap(afterIssuer(evil, inObject)),
    ),
  ];
}

function moreWrapping(keys: SigningKeys): BadCase[] {
  const { response, assertion, evil } = cut(keys);
  const swap = (replacement: string) => response.replace(assertion, replacement);
  const sameId = evil.replace("_evil", "_assertion1");
  return [
    badXml("a second assertion after the signed one", "structure", swap(`${assertion}${evil}`)),
    badXml("two assertions of the same id", "structure", swap(`${sameId}${assertion}`)),
    badXml(
      "the signed assertion inside advice",
      "structure",
      swap(
        evil.replace("<saml:AuthnStatement", `<saml:Advice>${assertion}</saml:Advice><saml:AuthnStatement`),
      ),
    ),
    badXml(
      "an assertion of another namespace before the signed one",
      "structure",
      swap(`<x:Assertion xmlns:x="urn:x" ID="_x">${nameId("admin")}</x:Assertion>${assertion}`),
    ),
    badXml(
      "the id repeated on a harmless element",
      "structure",
      swap(assertion.replace("<saml:AttributeStatement>", '<saml:AttributeStatement Id="_assertion1">')),
    ),
    badXml(
      "the id repeated in lower case",
      "structure",
      swap(assertion.replace("<saml:AttributeStatement>", '<saml:AttributeStatement id="_assertion1">')),
    ),
    badXml(
      "the id repeated as xml:id",
      "structure",
      swap(assertion.replace("<saml:AttributeStatement>", '<saml:AttributeStatement xml:id="_assertion1">')),
    ),
    badXml(
      "an id attribute in a namespace",
      "structure",
      swap(assertion.replace(' ID="_assertion1"', ' xmlns:x="urn:x" x:ID="_assertion1" ID="_other"')),
    ),
    badXml(
      "two different ids on the assertion",
      "structure",
      swap(assertion.replace(' ID="_assertion1"', ' ID="_evil" Id="_assertion1"')),
    ),
    badXml(
      "the signed assertion nested in an element of its own",
      "structure",
      swap(`<samlp:Extensions>${assertion}</samlp:Extensions>`),
    ),
  ];
}

function cut(keys: SigningKeys): Pieces {
  const response = signPart(writeResponse(), "Assertion", keys.current);
  const assertion = /<saml:Assertion[\s\S]*<\/saml:Assertion>/.exec(response)?.[0] ?? "";
  const signature = signaturePattern.exec(assertion)?.[0] ?? "";
  return { response, assertion, signature, bare: assertion.replace(signature, ""), evil: evilAssertion() };
}

function evilAssertion(): string {
  return writeAssertion({
    ...goodParts(),
    subject: subject(nameId("admin"), confirmation({})),
  }).replace("_assertion1", "_evil");
}

function afterIssuer(xml: string, added: string): string {
  return xml.replace("</saml:Issuer>", `</saml:Issuer>${added}`);
}
