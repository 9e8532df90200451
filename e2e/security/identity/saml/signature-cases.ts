import { badSigning, badXml, type BadCase } from "./bad-case";
import type { SigningKeys } from "./keys";
import { signPart } from "./sign-response";
import { nameId, subject, confirmation, writeResponse } from "./write-response";

/** Unsigned, signed by somebody else, signed weakly or changed after signing. */
export function signatureCases(keys: SigningKeys): BadCase[] {
  return [...missing(keys), ...foreign(keys), ...weak(keys), ...tampered(keys)];
}

function missing(keys: SigningKeys): BadCase[] {
  const signed = signPart(writeResponse(), "Assertion", keys.current);
  return [
    badXml("no signature at all", "signature_missing", writeResponse()),
    badXml(
      "the signature stripped",
      "signature_missing",
      signed.replace(/<ds:Signature[\s\S]*<\/ds:Signature>/, ""),
    ),
    badXml(
      "the signature renamed into another namespace",
      ["signature_shape", "structure"],
      signed.replaceAll('http://www.w3.org/2000/09/xmldsig#"', 'urn:other#"'),
    ),
    badXml(
      "an empty signature",
      "signature_shape",
      signed.replace(/(<ds:Signature[^>]*>)[\s\S]*(<\/ds:Signature>)/, "$1$2"),
    ),
    badXml(
      "a signature without its value",
      "signature_shape",
      signed.replace(/<ds:SignatureValue>[^<]*<\/ds:SignatureValue>/, ""),
    ),
    badXml(
      "an empty signature value",
      "signature_shape",
      signed.replace(/<ds:SignatureValue>[^<]*</, "<ds:SignatureValue><"),
    ),
  ];
}

function foreign(keys: SigningKeys): BadCase[] {
  const byForeign = (part: "Response" | "Assertion") => signPart(writeResponse(), part, keys.foreign);
  const good = signPart(writeResponse(), "Assertion", keys.current);
  return [
    badXml("an assertion signed by the key in its own KeyInfo", "signature_invalid", byForeign("Assertion")),
    badXml("a response signed by the key in its own KeyInfo", "signature_invalid", byForeign("Response")),
    badXml(
      "a foreign signature that names the right certificate",
      "signature_invalid",
      byForeign("Assertion").replace(
        /<ds:X509Certificate>[^<]*</,
        `<ds:X509Certificate>${keys.current.certificatePem.replace(/-----[^-]+-----|\s/g, "")}<`,
      ),
    ),
    badXml(
      "a good assertion in a response that a foreign key signed",
      "signature_invalid",
      signPart(good, "Response", keys.foreign),
    ),
    {
      ...badXml(
        "a provider whose key is too short",
        "certificate",
        signPart(writeResponse(), "Assertion", keys.weak),
      ),
      config: withCertificate(keys.weak.certificatePem),
    },
    {
      ...badXml("a provider without any certificate", "signature_invalid", good),
      config: withCertificates([]),
    },
  ];
}

function withCertificate(certificate: string) {
  return withCertificates([certificate]);
}

function withCertificates(certificates: string[]) {
  return {
    identityProvider: {
      entityId: "https://idp.example.org/metadata",
      ssoUrl: "https://idp.example.org/sso",
      certificates,
    },
  };
}

function weak(keys: SigningKeys): BadCase[] {
  const algorithm = (name: string, signatureAlgorithm: string) =>
    badSigning(keys, { name, reason: "signature_algorithm" }, { signatureAlgorithm });
  const mac = signPart(writeResponse(), "Assertion", keys.current, {
    isMac: true,
    signatureAlgorithm: "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
  });
  return [
    algorithm("RSA with SHA-1", "http://www.w3.org/2000/09/xmldsig#rsa-sha1"),
    algorithm("RSA with MD5", "http://www.w3.org/2001/04/xmldsig-more#rsa-md5"),
    algorithm("the algorithm none", "none"),
    badXml("a MAC keyed with the public certificate", "signature_algorithm", mac),
    badXml(
      "a MAC that calls itself HMAC-SHA256",
      "signature_algorithm",
      mac.replace(
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
      ),
    ),
    badXml(
      "a MAC that calls itself RSA",
      "signature_invalid",
      mac.replace(
        "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
      ),
    ),
    badXml(
      "an RSA signature that calls itself ECDSA",
      "signature_invalid",
      signPart(writeResponse(), "Assertion", keys.current).replace("#rsa-sha256", "#ecdsa-sha256"),
    ),
    badSigning(
      keys,
      { name: "a digest by SHA-1", reason: "signature_algorithm" },
      { digestAlgorithm: "http://www.w3.org/2000/09/xmldsig#sha1" },
    ),
    badSigning(
      keys,
      { name: "a digest by MD5", reason: "signature_algorithm" },
      { digestAlgorithm: "http://www.w3.org/2001/04/xmldsig-more#md5" },
    ),
    badXml(
      "an algorithm named like a member of every object",
      "signature_algorithm",
      signPart(writeResponse(), "Assertion", keys.current).replace(
        "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        "constructor",
      ),
    ),
  ];
}

function tampered(keys: SigningKeys): BadCase[] {
  const assertionSigned = signPart(writeResponse(), "Assertion", keys.current);
  const responseSigned = signPart(writeResponse(), "Response", keys.current);
  return [
    badXml(
      "another name in a signed assertion",
      "signature_invalid",
      assertionSigned.replace(">olivia<", ">admin<"),
    ),
    badXml(
      "another group in a signed assertion",
      "signature_invalid",
      assertionSigned.replace(">engineering<", ">admins<"),
    ),
    badXml(
      "another name in a signed response",
      "signature_invalid",
      responseSigned.replace(">olivia<", ">admin<"),
    ),
    badXml(
      "another end in a signed assertion",
      "signature_invalid",
      assertionSigned.replace(/(<saml:Conditions[^>]*NotOnOrAfter=")[^"]*/, "$12039-01-01T00:00:00.000Z"),
    ),
    badXml(
      "another digest",
      "signature_invalid",
      assertionSigned.replace(/<ds:DigestValue>[^<]*</, `<ds:DigestValue>${"A".repeat(43)}=<`),
    ),
    badXml(
      "the signature of another message",
      "signature_invalid",
      assertionSigned.replace(
        /<ds:SignatureValue>[^<]*</,
        /<ds:SignatureValue>[^<]*</.exec(
          signPart(
            writeResponse({ subject: subject(nameId("rita"), confirmation({})) }),
            "Assertion",
            keys.current,
          ),
        )?.[0] ?? "",
      ),
    ),
    badXml(
      "a good assertion whose response was changed after signing",
      "signature_invalid",
      signPart(assertionSigned, "Response", keys.current).replace(
        '_response1" Version',
        '_response1" Consent="x" Version',
      ),
    ),
  ];
}
