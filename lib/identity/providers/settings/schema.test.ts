import { expect, test } from "vitest";
import { ldapConfig, samlConfig } from "./schema";

const block = ["-----BEGIN CERTIFICATE-----", "MIIB", "-----END CERTIFICATE-----"];
const asKept = block.join("\n");
const asPosted = `${block.join("\r\n")}\r\n`;

test("a certificate that a form posts again is the certificate that is kept", () => {
  const server = { url: "ldaps://directory.example", bindDn: "cn=reader", baseDn: "dc=example" };
  expect(ldapConfig.parse({ ...server, caCertificate: asPosted }).caCertificate).toBe(asKept);
});

test("one text with several signing certificates is several", () => {
  const server = { entityId: "https://sign-in.example", ssoUrl: "https://sign-in.example/sso" };
  const { certificates } = samlConfig.parse({ ...server, certificates: [asPosted + asPosted] });
  expect(certificates).toEqual([asKept, asKept]);
});
