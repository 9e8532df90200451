import { badContent, badXml, type BadCase } from "./bad-case";
import type { SigningKeys } from "./keys";
import { encode, signPart } from "./sign-response";
import { attribute, confirmation, nameId, subject, writeResponse } from "./write-response";

/** Text that two XML parsers could read differently, and text that is too much for one. */
export function xmlCases(keys: SigningKeys): BadCase[] {
  return [...markup(keys), ...names(keys), ...wire(keys), ...sizes(keys)];
}

function markup(keys: SigningKeys): BadCase[] {
  const signed = signPart(writeResponse(), "Assertion", keys.current);
  const bad = (name: string, xml: string) => badXml(name, "xml", xml);
  const laughs = Array.from({ length: 9 }, (_none, level) => {
    const inner = level === 0 ? "ha" : `&l${level - 1};`.repeat(10);
    return `<!ENTITY l${level} "${inner}">`;
  }).join("");
  return [
    bad("a document type", `<!DOCTYPE samlp:Response>${signed}`),
    bad("a document type that fetches", `<!DOCTYPE r SYSTEM "https://evil.example.org/r.dtd">${signed}`),
    bad(
      "an external entity",
      `<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>${signed.replace("olivia", "&x;")}`,
    ),
    bad("a billion laughs", `<!DOCTYPE r [${laughs}]>${signed.replace("olivia", "&l8;")}`),
    bad("a default attribute by DTD", `<!DOCTYPE r [<!ATTLIST saml:Assertion x CDATA "y">]>${signed}`),
    bad("an entity in the NameID", signed.replace("olivia", "&admin;")),
    bad("an entity of HTML", signed.replace("olivia", "olivia&nbsp;")),
    bad("a comment in the NameID", signed.replace("olivia", "oli<!---->via")),
    bad("a comment before the end of the NameID", signed.replace(">olivia<", ">admin<!--@evil-->olivia<")),
    bad("a comment in an attribute value", signed.replace(">engineering<", ">admins<!---->engineering<")),
    bad("a comment outside the root", `<!-- x -->${signed}`),
    bad("a CDATA section in the NameID", signed.replace("olivia", "<![CDATA[olivia]]>")),
    bad(
      "a CDATA section that hides markup",
      signed.replace("olivia", "<![CDATA[</saml:NameID><saml:NameID>]]>admin"),
    ),
    bad("a processing instruction in the NameID", signed.replace("olivia", "adm<?x?>in")),
    bad(
      "a processing instruction before the root",
      `<?xml-stylesheet href="https://evil.example.org/x.xsl"?>${signed}`,
    ),
    bad("a second XML declaration", `<?xml version="1.0"?><?xml version="1.0"?>${signed}`),
    bad("version 1.1 of XML", `<?xml version="1.1"?>${signed}`),
    bad("another encoding", `<?xml version="1.0" encoding="UTF-16"?>${signed}`),
    bad("a NUL by reference", signed.replace("olivia", "olivia&#0;")),
    bad("a NUL in the text", signed.replace("olivia", "olivia\u0000")),
    bad("an ampersand that begins nothing", signed.replace("olivia", "olivia & peter")),
  ];
}

function names(keys: SigningKeys): BadCase[] {
  const named = (name: string, content: string) =>
    badContent(keys, { name, reason: "name_id" }, { subject: subject(nameId(content), confirmation({})) });
  return [
    named("an empty NameID", ""),
    named("a padded NameID", " olivia"),
    named("a NameID of several lines", "olivia\npeter"),
    named("an element in the NameID", "<saml:x>admin</saml:x>olivia"),
    named("an endless NameID", "o".repeat(1025)),
    badContent(keys, { name: "no NameID", reason: "name_id" }, { subject: subject("", confirmation({})) }),
    badContent(
      keys,
      { name: "two NameIDs", reason: "name_id" },
      { subject: subject(nameId("olivia") + nameId("admin"), confirmation({})) },
    ),
    badContent(
      keys,
      { name: "an encrypted NameID", reason: "encrypted" },
      { subject: subject("<saml:EncryptedID>AAAA</saml:EncryptedID>", confirmation({})) },
    ),
    badContent(
      keys,
      { name: "an encrypted attribute", reason: "encrypted" },
      { attributes: "<saml:AttributeStatement><saml:EncryptedAttribute/></saml:AttributeStatement>" },
    ),
    badXml(
      "an encrypted assertion and no other",
      "encrypted",
      writeResponse().replace(/<saml:Assertion[\s\S]*<\/saml:Assertion>/, "<saml:EncryptedAssertion/>"),
    ),
  ];
}

function wire(keys: SigningKeys): BadCase[] {
  const signed = signPart(writeResponse(), "Assertion", keys.current);
  const raw = (name: string, reason: BadCase["reasons"][number], response: string): BadCase => ({
    name,
    response,
    reasons: [reason],
  });
  const latin = Buffer.from(signed.replace("olivia", "ölivia"), "latin1").toString("base64");
  return [
    raw("nothing", "encoding", ""),
    raw("not base64", "encoding", "<samlp:Response/>"),
    raw(
      "base64 of a URL",
      "encoding",
      encode(signed).replaceAll("+", "-").replaceAll("/", "_").concat("-_-_"),
    ),
    raw("base64 cut short", "encoding", encode(signed).slice(0, -3)),
    raw("base64 twice", "xml", encode(encode(signed))),
    raw("bytes that are not UTF-8", "encoding", latin),
    raw("random bytes", "encoding", Buffer.alloc(600, 0xfe).toString("base64")),
    raw("an empty document", "xml", encode("  ")),
    raw("plain text", "xml", encode("olivia")),
    raw("JSON", "xml", encode('{"nameId":"admin"}')),
    raw("two roots", "xml", encode(`${signed}${signed}`)),
    raw("text after the root", "xml", encode(`${signed}admin`)),
    raw("a document that ends early", "xml", encode(signed.slice(0, -30))),
    raw(
      "tags that cross",
      "xml",
      encode(
        signed.replace(
          "</saml:Audience></saml:AudienceRestriction>",
          "</saml:AudienceRestriction></saml:Audience>",
        ),
      ),
    ),
    raw("an attribute without quotes", "xml", encode(signed.replace('Version="2.0"', "Version=2.0"))),
    raw(
      "an attribute twice",
      "xml",
      encode(signed.replace('ID="_response1"', 'ID="_response1" ID="_other"')),
    ),
    raw(
      "a prefix that is declared nowhere",
      "xml",
      encode(signed.replace("<samlp:Status>", "<samlp:Status><q:x/>")),
    ),
  ];
}

function sizes(keys: SigningKeys): BadCase[] {
  const deep = `${"<saml:x>".repeat(60)}${"</saml:x>".repeat(60)}`;
  const content = (name: string, attributes: string) =>
    badContent(keys, { name, reason: "size" }, { attributes });
  const statement = (inner: string) => `<saml:AttributeStatement>${inner}</saml:AttributeStatement>`;
  const many = (count: number, make: (index: number) => string) =>
    Array.from({ length: count }, (_none, i) => make(i)).join("");
  return [
    { name: "half a megabyte of base64", response: "QUJD".repeat(130_000), reasons: ["size"] },
    content("elements nested too deeply", statement(`<saml:Attribute Name="x">${deep}</saml:Attribute>`)),
    content("too many attributes", statement(many(201, (index) => attribute(`a${index}`, ["x"])))),
    content(
      "too many values",
      statement(
        attribute(
          "groups",
          Array.from({ length: 2001 }, () => "x"),
        ),
      ),
    ),
    content("an endless value", statement(attribute("groups", ["x".repeat(4097)]))),
    badXml("too many elements", "size", writeResponse({ beforeAssertion: "<saml:x/>".repeat(6001) })),
    badXml(
      "too many attributes on one element",
      "size",
      writeResponse({ beforeAssertion: `<saml:x ${many(61, (index) => `a${index}="1" `)}/>` }),
    ),
  ];
}
