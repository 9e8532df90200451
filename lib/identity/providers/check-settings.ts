import { X509Certificate } from "node:crypto";
import { refusalOfLdapAddress } from "@/lib/adapters/ldap/refuse-address";
import { fieldRefused } from "@/lib/core/errors";
import { refusalOfOutsideAddress } from "@/lib/core/outside-address";
import type { ProviderSettings } from "./rules";

/** What a schema cannot see: that addresses lead where a sign-in server may stand, and that certificates are some. */
export function checkSettings(settings: ProviderSettings): void {
  switch (settings.authType) {
    case "oidc":
      requireAddress("config.issuer", settings.config.issuer);
      return requireCertificates("config.caCertificate", settings.config.caCertificate);
    case "saml":
      requireAddress("config.ssoUrl", settings.config.ssoUrl, { query: true });
      return settings.config.certificates.forEach((one) => requireCertificates("config.certificates", one));
    case "ldap":
      requireDirectoryAddress(settings.config);
      requireFilter("config.userFilter", settings.config.userFilter, "{username}");
      requireFilter("config.groups.filter", settings.config.groups.filter, "{dn}");
      return requireCertificates("config.caCertificate", settings.config.caCertificate);
  }
}

function requireAddress(field: string, address: string, allows = { query: false }): void {
  const refusal = refusalOfOutsideAddress(address, allows);
  if (refusal !== null) throw fieldRefused(field, "invalid_address", { scheme: "https://", reason: refusal });
}

/** Encrypted from the first byte (ldaps) or from the first command (StartTLS); passwords never cross in the clear. */
function requireDirectoryAddress(address: { url: string; startTls: boolean }): void {
  const refusal = refusalOfLdapAddress(address);
  const scheme = address.startTls ? "ldap://" : "ldaps://";
  if (refusal !== null) throw fieldRefused("config.url", "invalid_address", { scheme, reason: refusal });
}

/** Only that it has the form of a filter and the place for the value; the directory says the rest at the test. */
function requireFilter(field: string, filter: string, placeholder: string): void {
  const depths = [...filter.replace(/\\[0-9a-f]{2}/gi, "")].map((character) =>
    character === "(" ? 1 : character === ")" ? -1 : 0,
  );
  let depth = 0;
  const isBalanced = depths.every((step) => (depth += step) >= 0) && depth === 0;
  const isWhole = filter.startsWith("(") && filter.endsWith(")") && isBalanced;
  if (!isWhole || !filter.includes(placeholder)) throw fieldRefused(field, "invalid_filter", { placeholder });
}

function requireCertificates(field: string, pem: string | null): void {
  const blocks = pem?.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  const isGood = pem === null || (blocks.length > 0 && blocks.every(isCertificate));
  if (!isGood) throw fieldRefused(field, "invalid_certificate");
}

function isCertificate(block: string): boolean {
  try {
    return new X509Certificate(block).raw.length > 0;
  } catch {
    return false;
  }
}
