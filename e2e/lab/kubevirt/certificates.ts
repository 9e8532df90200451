import "reflect-metadata";
import { randomBytes } from "node:crypto";
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";
import type { JsonGeneralName, X509Certificate } from "@peculiar/x509";

export interface Certificates {
  caPem: string;
  certificatePem: string;
  keyPem: string;
}

export interface Identity extends Certificates {
  token: string;
  restrictedToken: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const yearMs = 365 * 24 * 3600 * 1000;

/** Certificates of the API server, and two bearer tokens. */
export async function createIdentity(clusterName: string, hosts: string[]): Promise<Identity> {
  return {
    ...(await createCertificates(`${clusterName}-ca`, `kube-apiserver-${clusterName}`, hosts)),
    token: randomBytes(32).toString("base64url"),
    restrictedToken: randomBytes(32).toString("base64url"),
  };
}

/** A certificate authority of its own and a server certificate for these hosts. */
export async function createCertificates(
  authorityName: string,
  serverName: string,
  hosts: string[],
): Promise<Certificates> {
  const authorityKeys = await createKeys();
  const authority = await createAuthority(authorityName, authorityKeys);
  const serverKeys = await createKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${serverName}`,
    issuer: authority.subject,
    ...validity(),
    publicKey: serverKeys.publicKey,
    signingKey: authorityKeys.privateKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(hosts.map(asGeneralName)),
    ],
  });
  const privateKey = await crypto.subtle.exportKey("pkcs8", serverKeys.privateKey);
  return {
    caPem: authority.toString("pem"),
    certificatePem: certificate.toString("pem"),
    keyPem: PemConverter.encode(privateKey, "PRIVATE KEY"),
  };
}

async function createKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
}

async function createAuthority(name: string, keys: CryptoKeyPair): Promise<X509Certificate> {
  return X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    ...validity(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
    ],
  });
}

function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - 3600_000), notAfter: new Date(Date.now() + 10 * yearMs) };
}

function serialNumber(): string {
  return `00${randomBytes(15).toString("hex")}`;
}

function asGeneralName(host: string): JsonGeneralName {
  const isAddress = host.includes(":") || /^[\d.]+$/.test(host);
  return { type: isAddress ? "ip" : "dns", value: host };
}
