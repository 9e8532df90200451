import { constants, createHash, createPublicKey, verify } from "node:crypto";
import type { KeyLike, KeyObject, VerifyKeyObjectInput } from "node:crypto";
import type { HashAlgorithm, SignatureAlgorithm } from "xml-crypto";

interface SignatureMethod {
  hash: string;
  keyType: "rsa" | "ec";
  isPss?: boolean;
}

/** Public-key signatures over SHA-256 or better: no SHA-1, no MAC, and the key must be of the method's kind. */
const signatureMethods: Record<string, SignatureMethod> = {
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256": { hash: "sha256", keyType: "rsa" },
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384": { hash: "sha384", keyType: "rsa" },
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512": { hash: "sha512", keyType: "rsa" },
  "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1": { hash: "sha256", keyType: "rsa", isPss: true },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256": { hash: "sha256", keyType: "ec" },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384": { hash: "sha384", keyType: "ec" },
  "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512": { hash: "sha512", keyType: "ec" },
};

const digestMethods: Record<string, string> = {
  "http://www.w3.org/2001/04/xmlenc#sha256": "sha256",
  "http://www.w3.org/2001/04/xmldsig-more#sha384": "sha384",
  "http://www.w3.org/2001/04/xmlenc#sha512": "sha512",
};

export function isSignatureMethod(uri: string): boolean {
  return Object.hasOwn(signatureMethods, uri);
}

export function isDigestMethod(uri: string): boolean {
  return Object.hasOwn(digestMethods, uri);
}

export function signatureAlgorithms(): Record<string, new () => SignatureAlgorithm> {
  return Object.fromEntries(
    Object.entries(signatureMethods).map(([uri, method]) => [uri, signatureClass(uri, method)]),
  );
}

export function hashAlgorithms(): Record<string, new () => HashAlgorithm> {
  return Object.fromEntries(Object.entries(digestMethods).map(([uri, hash]) => [uri, hashClass(uri, hash)]));
}

function signatureClass(uri: string, method: SignatureMethod): new () => SignatureAlgorithm {
  return class {
    getAlgorithmName = () => uri;
    getSignature = (): never => {
      throw new Error("this side only verifies");
    };
    verifySignature = (material: string, key: KeyLike, signature: string): boolean => {
      const publicKey = createPublicKey(key);
      if (publicKey.asymmetricKeyType !== method.keyType) return false;
      const signed = Buffer.from(signature, "base64");
      return verify(method.hash, Buffer.from(material, "utf8"), keyWithPadding(publicKey, method), signed);
    };
  };
}

// XML signatures carry ECDSA as r and s side by side, not as ASN.1.
function keyWithPadding(key: KeyObject, method: SignatureMethod): VerifyKeyObjectInput {
  if (method.keyType === "ec") return { key, dsaEncoding: "ieee-p1363" };
  if (!method.isPss) return { key };
  return {
    key,
    padding: constants.RSA_PKCS1_PSS_PADDING,
    saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
  };
}

function hashClass(uri: string, hash: string): new () => HashAlgorithm {
  return class {
    getAlgorithmName = () => uri;
    getHash = (xml: string) => createHash(hash).update(xml, "utf8").digest("base64");
  };
}
