import { constants, createHash, sign } from "node:crypto";
import { SignedXml } from "xml-crypto";
import type { HashAlgorithm, SignatureAlgorithm } from "xml-crypto";
import type { SigningKey } from "./keys";

export const enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature";
export const exclusive = "http://www.w3.org/2001/10/xml-exc-c14n#";
export const inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315";
export const rsaSha256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";
export const sha256 = "http://www.w3.org/2001/04/xmlenc#sha256";

export interface SigningChoice {
  signatureAlgorithm?: string;
  digestAlgorithm?: string;
  transforms?: string[];
  canonicalization?: string;
  /** Signs with the certificate's text as the secret of a MAC. */
  isMac?: boolean;
}

export type SignedPart = "Response" | "Assertion";

const partPath: Record<SignedPart, string> = {
  Response: "/*[local-name(.)='Response']",
  Assertion: "/*/*[local-name(.)='Assertion']",
};

/** Signs as an identity provider does: enveloped, right after the issuer. */
export function signPart(xml: string, part: SignedPart, key: SigningKey, choice: SigningChoice = {}): string {
  const signer = new SignedXml({
    privateKey: choice.isMac ? key.certificatePem : key.privateKeyPem,
    publicCert: key.certificatePem,
    signatureAlgorithm: choice.signatureAlgorithm ?? rsaSha256,
    canonicalizationAlgorithm: choice.canonicalization ?? exclusive,
  });
  if (choice.isMac) signer.enableHMAC();
  addAlgorithms(signer);
  signer.addReference({
    xpath: partPath[part],
    transforms: choice.transforms ?? [enveloped, exclusive],
    digestAlgorithm: choice.digestAlgorithm ?? sha256,
  });
  signer.computeSignature(xml, {
    prefix: "ds",
    location: { reference: `${partPath[part]}/*[local-name(.)='Issuer']`, action: "after" },
  });
  return signer.getSignedXml();
}

export function encode(xml: string): string {
  return Buffer.from(xml, "utf8").toString("base64");
}

const wide = "http://www.w3.org/2001/04/xmldsig-more#";

function addAlgorithms(signer: SignedXml): void {
  signer.SignatureAlgorithms[`${wide}ecdsa-sha256`] = signatureClass(`${wide}ecdsa-sha256`, "sha256");
  signer.SignatureAlgorithms[`${wide}ecdsa-sha1`] = signatureClass(`${wide}ecdsa-sha1`, "sha1");
  signer.SignatureAlgorithms[`${wide}rsa-sha384`] = signatureClass(`${wide}rsa-sha384`, "sha384");
  signer.SignatureAlgorithms[`${wide}rsa-md5`] = signatureClass(`${wide}rsa-md5`, "md5");
  signer.SignatureAlgorithms["none"] = signatureClass("none", null);
  signer.HashAlgorithms[`${wide}md5`] = class implements HashAlgorithm {
    getAlgorithmName = () => `${wide}md5`;
    getHash = (xml: string) => createHash("md5").update(xml).digest("base64");
  };
}

function signatureClass(uri: string, hash: string | null): new () => SignatureAlgorithm {
  return class implements SignatureAlgorithm {
    getAlgorithmName = () => uri;
    verifySignature = (): never => {
      throw new Error("this side only signs");
    };
    getSignature = (signedInfo: unknown, key: unknown): string =>
      hash === null
        ? "AAAA"
        : sign(hash, Buffer.from(String(signedInfo)), {
            key: String(key),
            dsaEncoding: "ieee-p1363",
            ...(uri.includes("rsa") ? { padding: constants.RSA_PKCS1_PADDING } : {}),
          }).toString("base64");
  };
}
