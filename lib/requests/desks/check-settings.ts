import { X509Certificate } from "node:crypto";
import { fieldRefused } from "@/lib/core/errors";
import { refusalOfOutsideAddress } from "@/lib/core/outside-address";
import type { CreateDesk, UpdateDesk } from "./schema";

/** Nothing that an administrator typed is called unless it may be; what a name leads to is looked at again when it is called. */
export function checkSettings(input: CreateDesk | UpdateDesk): void {
  requireAddress("webhookUrl", input.webhookUrl, { query: input.type === "webhook" });
  if (input.type === "webhook" && input.config.statusUrl !== null)
    requireAddress("config.statusUrl", input.config.statusUrl, { query: true });
  requireCertificates(input.caCertificate);
}

function requireAddress(field: string, address: string, allows: { query: boolean }): void {
  const refusal = refusalOfOutsideAddress(address, allows);
  if (refusal !== null) throw fieldRefused(field, "invalid_address", { scheme: "https://", reason: refusal });
}

function requireCertificates(pem: string | null): void {
  const blocks = pem?.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const isGood = pem === null || (blocks.length > 0 && blocks.every(isCertificate));
  if (!isGood) throw fieldRefused("caCertificate", "invalid_certificate");
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
