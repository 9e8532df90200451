import { inflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { createSigningKeys } from "@/e2e/security/identity/saml/keys";
import { acsUrl, configWith, spEntityId } from "@/e2e/security/identity/saml/write-response";
import { samlLoginUrl } from "./login-url";
import { attributeOf, onlyChild, plainText } from "./read-element";
import { parseStrictXml } from "./strict-xml";
import { namespaces, type SamlConfig } from "./types";

const requestId = `_${"0f".repeat(20)}`;
const keys = await createSigningKeys();
const config = configWith([keys.current.certificatePem]);

async function requestIn(change: Partial<SamlConfig["identityProvider"]> = {}) {
  const identityProvider = { ...config.identityProvider, ...change };
  const url = new URL(
    await samlLoginUrl({ ...config, identityProvider }, { requestId, relayState: "a b&c=d" }),
  );
  const packed = Buffer.from(url.searchParams.get("SAMLRequest") ?? "", "base64");
  const { root } = parseStrictXml(inflateRawSync(packed).toString("utf8"), {
    lengthMax: 10_000,
    elementsMax: 50,
    comments: "refused",
  });
  return { url, root };
}

test("the request carries our id, our name and where the answer goes", async () => {
  const { url, root } = await requestIn();
  expect(url.origin + url.pathname).toBe(config.identityProvider.ssoUrl);
  expect(url.searchParams.get("RelayState")).toBe("a b&c=d");
  expect(root.localName).toBe("AuthnRequest");
  expect(attributeOf(root, "ID")).toBe(requestId);
  expect(attributeOf(root, "AssertionConsumerServiceURL")).toBe(acsUrl);
  expect(attributeOf(root, "Destination")).toBe(config.identityProvider.ssoUrl);
  const issuer = onlyChild(root, { namespace: namespaces.assertion, name: "Issuer" });
  expect(plainText(issuer)).toBe(spEntityId);
});

test("an address that has a query keeps it", async () => {
  const { url } = await requestIn({ ssoUrl: "https://idp.example.org/sso?tenant=7" });
  expect(url.searchParams.get("tenant")).toBe("7");
  expect(url.searchParams.get("SAMLRequest")).not.toBeNull();
});

test("an id of another shape or too much relay state is a mistake of the caller", () => {
  expect(() => samlLoginUrl(config, { requestId: "short", relayState: "" })).toThrow("request id");
  expect(() => samlLoginUrl(config, { requestId, relayState: "x".repeat(81) })).toThrow("relay state");
});
