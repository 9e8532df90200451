import "reflect-metadata";
import { randomBytes } from "node:crypto";
import { PemConverter, X509CertificateGenerator } from "@peculiar/x509";

const algorithm = {
  name: "RSASSA-PKCS1-v1_5",
  hash: "SHA-256",
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};
const yearMs = 365 * 24 * 3600 * 1000;

/** The key that signs assertions, with the certificate that the metadata shows; it has no part in TLS. */
export async function createSigningCertificate(
  name: string,
): Promise<{ certificatePem: string; keyPem: string }> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: `00${randomBytes(15).toString("hex")}`,
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 3600_000),
    notAfter: new Date(Date.now() + 10 * yearMs),
    keys,
    signingAlgorithm: algorithm,
  });
  const privateKey = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    certificatePem: certificate.toString("pem"),
    keyPem: PemConverter.encode(privateKey, "PRIVATE KEY"),
  };
}
