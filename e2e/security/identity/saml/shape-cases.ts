import { badContent, badSigning, badXml, type BadCase } from "./bad-case";
import type { SigningKeys } from "./keys";
import { enveloped, exclusive, inclusive, signPart } from "./sign-response";
import { writeResponse } from "./write-response";

/** Signatures of another shape than the one that is read. */
export function shapeCases(keys: SigningKeys): BadCase[] {
  const signed = signPart(writeResponse(), "Assertion", keys.current);
  return [...references(signed), ...insides(signed), ...transforms(signed), ...canonicalizations(keys)];
}

function shape(name: string, xml: string): BadCase {
  return badXml(name, "signature_shape", xml);
}

function references(signed: string): BadCase[] {
  const uri = (name: string, replacement: string) =>
    shape(name, signed.replace(' URI="#_assertion1"', replacement));
  const reference = /<ds:Reference [\s\S]*<\/ds:Reference>/.exec(signed)?.[0] ?? "";
  return [
    uri("a reference to the whole document", ' URI=""'),
    uri("a reference without a place", ""),
    uri("a reference to the response", ' URI="#_response1"'),
    uri("a reference to a file", ' URI="file:///etc/passwd"'),
    uri("a reference to another server", ' URI="https://evil.example.org/a.xml"'),
    uri("a reference by XPointer", " URI=\"#xpointer(id('_assertion1'))\""),
    uri("a reference that breaks out of XPath", ' URI="#_x&apos;] | //*[&apos;"'),
    uri("a reference in a namespace", ' xmlns:x="urn:x" x:URI="#_assertion1"'),
    shape("two references", signed.replace(reference, `${reference}${reference}`)),
    shape("no reference", signed.replace(reference, "")),
  ];
}

function insides(signed: string): BadCase[] {
  const change = (name: string, pattern: string | RegExp, replacement: string) =>
    shape(name, signed.replace(pattern, replacement));
  return [
    change("an object inside the signature", "</ds:Signature>", "<ds:Object/></ds:Signature>"),
    change("two SignedInfo", /(<ds:SignedInfo>[\s\S]*<\/ds:SignedInfo>)/, "$1$1"),
    change("two signatures on one assertion", /(<ds:Signature [\s\S]*<\/ds:Signature>)/, "$1$1"),
    change(
      "a key to be fetched from elsewhere",
      /<ds:KeyInfo>[\s\S]*<\/ds:KeyInfo>/,
      '<ds:KeyInfo><ds:RetrievalMethod URI="https://evil.example.org/k"/></ds:KeyInfo>',
    ),
    change(
      "a second reference hidden in the KeyInfo",
      "<ds:KeyInfo>",
      '<ds:KeyInfo><ds:Reference URI="#_response1"/>',
    ),
    change("two digest values", /(<ds:DigestValue>)([^<]*)</, "$1$2</ds:DigestValue><ds:DigestValue>AAAA<"),
    change("a digest value with an element in it", "<ds:DigestValue>", "<ds:DigestValue><ds:x/>"),
    change("text between the parts", "<ds:SignedInfo>", "<ds:SignedInfo>x"),
  ];
}

function transforms(signed: string): BadCase[] {
  const listed = (name: string, list: string[]) =>
    badXml(
      name,
      ["signature_algorithm", "signature_shape"],
      signed.replace(
        /<ds:Transforms>[\s\S]*<\/ds:Transforms>/,
        `<ds:Transforms>${list.map((uri) => `<ds:Transform Algorithm="${uri}"/>`).join("")}</ds:Transforms>`,
      ),
    );
  return [
    listed("a transform by XSLT", [enveloped, "http://www.w3.org/TR/1999/REC-xslt-19991116"]),
    listed("a transform by XPath", ["http://www.w3.org/TR/1999/REC-xpath-19991116", exclusive]),
    listed("a transform by XPath filter", [enveloped, "http://www.w3.org/2002/06/xmldsig-filter2"]),
    listed("base64 as a transform", [enveloped, "http://www.w3.org/2000/09/xmldsig#base64"]),
    listed("three transforms", [enveloped, exclusive, exclusive]),
    listed("no enveloped transform", [exclusive]),
    listed("no transform", []),
    listed("transforms in another order", [exclusive, enveloped]),
    shape(
      "a stylesheet inside a transform",
      signed.replace(
        `<ds:Transform Algorithm="${enveloped}"/>`,
        `<ds:Transform Algorithm="${enveloped}"><x:stylesheet xmlns:x="http://www.w3.org/1999/XSL/Transform"/></ds:Transform>`,
      ),
    ),
  ];
}

function canonicalizations(keys: SigningKeys): BadCase[] {
  const reason = "signature_algorithm";
  return [
    badSigning(keys, { name: "inclusive canonicalisation", reason }, { canonicalization: inclusive }),
    badSigning(
      keys,
      { name: "canonicalisation with comments", reason },
      { canonicalization: `${exclusive}WithComments` },
    ),
    badSigning(keys, { name: "an inclusive transform", reason }, { transforms: [enveloped, inclusive] }),
    badContent(
      keys,
      { name: "an assertion whose id is no name", reason: "signature_shape" },
      { assertionAttributes: 'ID="1 2" Version="2.0" IssueInstant="2031-05-04T09:59:55.000Z"' },
    ),
  ];
}
