import "reflect-metadata";
import { generateKeyPairSync } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { X509CertificateGenerator } from "@peculiar/x509";

/** A signing key of a pretended identity provider and the certificate that carries it. */
export interface SigningKey {
  privateKeyPem: string;
  certificatePem: string;
}

export interface SigningKeys {
  /** The two that the product is configured to believe. */
  current: SigningKey;
  next: SigningKey;
  elliptic: SigningKey;
  /** An attacker's own. */
  foreign: SigningKey;
  weak: SigningKey;
}

const yearMs = 365 * 24 * 3600 * 1000;
const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
const elliptic = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

export async function createSigningKeys(): Promise<SigningKeys> {
  return {
    current: await rsaKey("current", 2048),
    next: await rsaKey("next", 2048),
    elliptic: await certify(
      "elliptic",
      generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey,
      elliptic,
    ),
    foreign: await rsaKey("foreign", 2048),
    weak: await rsaKey("weak", 1024),
  };
}

function rsaKey(name: string, modulusLength: number): Promise<SigningKey> {
  return certify(name, generateKeyPairSync("rsa", { modulusLength }).privateKey, rsa);
}

async function certify(
  name: string,
  privateKey: KeyObject,
  algorithm: typeof rsa | typeof elliptic,
): Promise<SigningKey> {
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const der = privateKey.export({ type: "pkcs8", format: "der" });
  const signing = await crypto.subtle.importKey("pkcs8", der, algorithm, true, ["sign"]);
  const { d: _d, p: _p, q: _q, dp: _dp, dq: _dq, qi: _qi, ...open } = privateKey.export({ format: "jwk" });
  const jwk = { ...open, key_ops: ["verify"] };
  const publicKey = await crypto.subtle.importKey("jwk", jwk, algorithm, true, ["verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=idp-${name}`,
    notBefore: new Date(Date.now() - 3600_000),
    notAfter: new Date(Date.now() + yearMs),
    keys: { privateKey: signing, publicKey },
    signingAlgorithm: algorithm,
  });
  return { privateKeyPem: pem, certificatePem: certificate.toString("pem") };
}
