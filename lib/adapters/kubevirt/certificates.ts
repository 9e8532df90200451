import { createPrivateKey, X509Certificate, type KeyObject } from "node:crypto";
import { refuse } from "./kubeconfig-refusal";

const certificatesMax = 50;
const certificateBlock = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;
const keyBlock =
  /-----BEGIN (?:EC |RSA )?PRIVATE KEY-----[A-Za-z0-9+/=\s]+-----END (?:EC |RSA )?PRIVATE KEY-----/;
const parametersBlock = /-----BEGIN EC PARAMETERS-----[A-Za-z0-9+/=\s]+-----END EC PARAMETERS-----/;

/** Base64 of PEM certificates and nothing else; returns the PEM text. */
export function readCertificates(encoded: string, path: string): string {
  const text = decodeText(encoded, path);
  const blocks = text.match(certificateBlock) ?? [];
  if (blocks.length === 0 || blocks.length > certificatesMax) refuse("not-pem", path);
  if (/-----(?:BEGIN|END)/.test(text.replace(certificateBlock, ""))) refuse("not-pem", path);
  for (const block of blocks) parseCertificate(block, path);
  return `${blocks.join("\n")}\n`;
}

/** Base64 of one unencrypted PEM key that belongs to the certificate; returns the PEM text. */
export function readKey(encoded: string, certificate: string, path: string): string {
  const text = decodeText(encoded, path).replace(parametersBlock, "");
  const block = keyBlock.exec(text)?.[0];
  if (!block || /-----(?:BEGIN|END)/.test(text.replace(keyBlock, ""))) return refuse("not-pem", path);
  const key = parseKey(block, path);
  if (!parseCertificate(certificate, path).checkPrivateKey(key)) refuse("key-mismatch", path);
  return `${block}\n`;
}

function decodeText(encoded: string, path: string): string {
  const compact = encoded.replace(/[\r\n\t ]/g, "");
  const bytes = Buffer.from(compact, "base64");
  // Buffer skips what is not base64, so only a faithful round trip proves that all of it was.
  if (compact === "" || bytes.toString("base64") !== compact) return refuse("bad-base64", path);
  return bytes.toString("utf8");
}

function parseCertificate(pem: string, path: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch {
    return refuse("bad-certificate", path);
  }
}

function parseKey(pem: string, path: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch {
    return refuse("bad-key", path);
  }
}
