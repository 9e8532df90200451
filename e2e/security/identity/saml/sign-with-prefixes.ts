import { createHash, sign } from "node:crypto";
import { DOMParser } from "@xmldom/xmldom";
import { ExclusiveCanonicalization } from "xml-crypto";
import type { SigningKey } from "./keys";
import { enveloped, exclusive, rsaSha256, sha256 } from "./sign-response";

const prefixes = ["xs"];
const schema = "http://www.w3.org/2001/XMLSchema";
const ds = "http://www.w3.org/2000/09/xmldsig#";

/** Signs the assertion by hand, with a prefix of the response that the canonical assertion has to carry along. */
export function signWithPrefixes(xml: string, key: SigningKey): string {
  const open = xml.replace("<samlp:Response ", `<samlp:Response xmlns:xs="${schema}" `);
  const parsed = new DOMParser().parseFromString(open, "text/xml");
  const assertion = parsed.getElementsByTagName("saml:Assertion").item(0);
  if (!assertion) throw new Error("no assertion to sign");
  const canonical = new ExclusiveCanonicalization().process(assertion, {
    inclusiveNamespacesPrefixList: prefixes,
    ancestorNamespaces: [{ prefix: "xs", namespaceURI: schema }],
  });
  const digest = createHash("sha256").update(canonical).digest("base64");
  const signedInfo = writeSignedInfo(assertion.getAttribute("ID") ?? "", digest);
  const value = sign("sha256", Buffer.from(signedInfo), key.privateKeyPem).toString("base64");
  const signature = `<ds:Signature xmlns:ds="${ds}">${signedInfo}<ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
  return open.replace(
    /(<saml:Assertion [^>]*><saml:Issuer>[^<]*<\/saml:Issuer>)/,
    (issuer) => `${issuer}${signature}`,
  );
}

function writeSignedInfo(id: string, digest: string): string {
  const list = `<ec:InclusiveNamespaces xmlns:ec="${exclusive}" PrefixList="${prefixes.join(" ")}"></ec:InclusiveNamespaces>`;
  return [
    `<ds:SignedInfo xmlns:ds="${ds}">`,
    `<ds:CanonicalizationMethod Algorithm="${exclusive}"></ds:CanonicalizationMethod>`,
    `<ds:SignatureMethod Algorithm="${rsaSha256}"></ds:SignatureMethod>`,
    `<ds:Reference URI="#${id}"><ds:Transforms>`,
    `<ds:Transform Algorithm="${enveloped}"></ds:Transform>`,
    `<ds:Transform Algorithm="${exclusive}">${list}</ds:Transform>`,
    `</ds:Transforms><ds:DigestMethod Algorithm="${sha256}"></ds:DigestMethod>`,
    `<ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`,
  ].join("");
}
