import { X509Certificate } from "node:crypto";
import { fieldRefused } from "@/lib/core/errors";

/** Null where none was given. @throws VALIDATION_FAILED on caCertificate where it is none */
export function readCertificates(pem: string | null): string | null {
  if (pem === null || pem.trim() === "") return null;
  const text = pem.replaceAll("\r\n", "\n").trim();
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0 || !blocks.every(isCertificate))
    throw fieldRefused("caCertificate", "invalid_certificate");
  return text;
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
