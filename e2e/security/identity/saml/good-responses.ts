import type { SamlIdentity } from "@/lib/adapters/saml/types";
import type { SigningKeys } from "./keys";
import { encode, signPart } from "./sign-response";
import { signWithPrefixes } from "./sign-with-prefixes";
import {
  at,
  attribute,
  audiences,
  conditions,
  confirmation,
  nameId,
  spEntityId,
  subject,
  writeResponse,
} from "./write-response";

interface GoodResponse {
  name: string;
  response: string;
  expected: Partial<SamlIdentity>;
}

const wide = "http://www.w3.org/2001/04/xmldsig-more#";
const olivia: Partial<SamlIdentity> = {
  nameId: "olivia",
  nameIdFormat: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
  sessionIndex: "_session1",
  assertionId: "_assertion1",
  attributes: { mail: ["olivia@example.org"], groups: ["engineering", "shop & Söhne"] },
  validUntil: new Date(at(330)),
};

/** Without these, a reader that refuses everything would pass the suite. */
export function goodResponses(keys: SigningKeys): GoodResponse[] {
  const good = (name: string, xml: string, expected = olivia) => ({ name, response: encode(xml), expected });
  const signed = signPart(writeResponse(), "Assertion", keys.current);
  return [
    good("a signed assertion", signed),
    good("a signed response", signPart(writeResponse(), "Response", keys.current)),
    good("both signed", signPart(signed, "Response", keys.current)),
    good("signed with the next key", signPart(writeResponse(), "Assertion", keys.next)),
    good(
      "ECDSA",
      signPart(writeResponse(), "Assertion", keys.elliptic, { signatureAlgorithm: `${wide}ecdsa-sha256` }),
    ),
    good(
      "RSA with SHA-384",
      signPart(writeResponse(), "Assertion", keys.current, { signatureAlgorithm: `${wide}rsa-sha384` }),
    ),
    good(
      "RSA with SHA-512",
      signPart(writeResponse(), "Assertion", keys.current, {
        signatureAlgorithm: `${wide}rsa-sha512`,
        digestAlgorithm: "http://www.w3.org/2001/04/xmlenc#sha512",
      }),
    ),
    good(
      "RSA-PSS",
      signPart(writeResponse(), "Assertion", keys.current, {
        signatureAlgorithm: "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1",
      }),
    ),
    good(
      "a list of inclusive prefixes, as OpenSAML writes it",
      signWithPrefixes(writeResponse(), keys.current),
    ),
    good("a declaration and line ends of Windows", `<?xml version="1.0" encoding="UTF-8"?>\r\n${signed}\r\n`),
    { name: "base64 in lines", response: encode(signed).replace(/(.{76})/g, "$1\r\n"), expected: olivia },
    ...subjectVariations(keys),
    ...attributeVariations(keys),
  ];
}

type Variation = (
  name: string,
  change: Parameters<typeof writeResponse>[0],
  expected?: Partial<SamlIdentity>,
) => GoodResponse;

function variation(keys: SigningKeys): Variation {
  return (name, change, expected = olivia) => ({
    name,
    response: encode(signPart(writeResponse(change), "Assertion", keys.current)),
    expected,
  });
}

function subjectVariations(keys: SigningKeys): GoodResponse[] {
  const good = variation(keys);
  const elsewhere = confirmation({ recipient: "https://other.example.org" });
  return [
    good("one of two confirmations holds", {
      subject: subject(nameId("olivia"), elsewhere + confirmation({})),
    }),
    good("two audiences, one of them ours", {
      conditions: conditions({ content: audiences(["https://other.example.org", spEntityId]) }),
    }),
    good(
      "an end within the skew",
      { conditions: conditions({ notOnOrAfter: at(-29) }) },
      { validUntil: new Date(at(1)) },
    ),
    good("a character reference is a character", {
      subject: subject(nameId("&#x6f;livia"), confirmation({})),
    }),
  ];
}

function attributeVariations(keys: SigningKeys): GoodResponse[] {
  const statement = (content: string) => ({
    attributes: `<saml:AttributeStatement>${content}</saml:AttributeStatement>`,
  });
  const good = variation(keys);
  return [
    good(
      "one attribute in several elements",
      statement(attribute("role", ["a"]) + attribute("role", ["b"])),
      { attributes: { role: ["a", "b"] } },
    ),
    good("an attribute named like a prototype is a plain member", statement(attribute("__proto__", ["x"])), {
      nameId: "olivia",
      attributes: JSON.parse('{"__proto__":["x"]}'),
    }),
    good(
      "a value that is more than text is left out",
      statement(attribute("id", ["<saml:x>1</saml:x>", "2"])),
      { attributes: { id: ["2"] } },
    ),
  ];
}
