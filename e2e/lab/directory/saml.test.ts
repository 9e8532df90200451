import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { inflateRawSync, deflateRawSync } from "node:zlib";
import { SAML, type SamlConfig, ValidateInResponseTo } from "@node-saml/node-saml";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { DirectoryLab } from "./server";
import { startDirectoryLab } from "./server";
import { openVisitor, readForm } from "./visitor";

const entityId = "http://127.0.0.1:3000/api/v1/auth/providers/provider/metadata";
const callbackUrl = "http://127.0.0.1:3000/api/v1/auth/providers/provider/callback";
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-directory-"));
let lab: DirectoryLab;

beforeAll(async () => {
  lab = await startDirectoryLab({ stateFolder: folder });
  await lab.control.changeClient({ samlEntityId: entityId, samlAcs: callbackUrl });
});
afterAll(async () => {
  await lab.stop();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** Another implementation's service provider, which wants both signatures. */
function provider(change: Partial<SamlConfig> = {}): SAML {
  return new SAML({
    issuer: entityId,
    callbackUrl,
    entryPoint: lab.saml.ssoUrl,
    idpCert: lab.saml.certificate,
    idpIssuer: lab.saml.entityId,
    wantAssertionsSigned: true,
    wantAuthnResponseSigned: true,
    validateInResponseTo: ValidateInResponseTo.always,
    acceptedClockSkewMs: 5_000,
    ...change,
  });
}

async function signIn(username: string, sp = provider()) {
  const visitor = openVisitor(lab.caCertificate);
  const asked = await visitor.open(await sp.getAuthorizeUrlAsync("relay/state?=&", undefined, {}));
  const password = lab.people.find((person) => person.username === username)?.password ?? "";
  const { action, hidden } = readForm(await visitor.submit(asked, { username, password }));
  expect(action).toBe(callbackUrl);
  return { sp, visitor, asked, fields: hidden };
}

const accept = async (username: string) => {
  const { sp, fields } = await signIn(username);
  const { profile } = await sp.validatePostResponseAsync(fields);
  return profile;
};

test("the metadata names the certificate and the redirect binding", async () => {
  const page = await openVisitor(lab.caCertificate).open(lab.saml.metadataUrl);
  expect(page.status).toBe(200);
  expect(page.html).toContain(`entityID="${lab.saml.entityId}"`);
  expect(page.html).toContain(lab.saml.certificate.split("\n")[1]);
  expect(page.html).toContain(`bindings:HTTP-Redirect" Location="${lab.saml.ssoUrl}"`);
});

test("a person signs in and both signatures verify, over exactly what they said", async () => {
  const { sp, fields } = await signIn("olivia");
  expect(fields["RelayState"]).toBe("relay/state?=&");
  const { profile } = await sp.validatePostResponseAsync(fields);
  expect(profile).toMatchObject({
    issuer: lab.saml.entityId,
    nameID: lab.people.find((person) => person.username === "olivia")?.id,
    uid: "olivia",
    mail: "olivia@directory.test",
    displayName: "Olivia Müller-Ångström",
    groups: ["engineering", "shop-developers"],
  });
  const xml = Buffer.from(fields["SAMLResponse"] ?? "", "base64").toString();
  expect(xml.match(/<ds:SignatureValue>/g)).toHaveLength(2);
  expect(xml).not.toMatch(/sha1/i);
});

test.each(["peter", "rita", "joerg"])("what is special in %s's name arrives as it is", async (username) => {
  const profile = await accept(username);
  expect(profile?.["displayName"]).toBe(
    lab.people.find((person) => person.username === username)?.displayName,
  );
});

test("a changed response does not verify, nor one signed by another key", async () => {
  const { sp, fields } = await signIn("rita");
  const xml = Buffer.from(fields["SAMLResponse"] ?? "", "base64").toString();
  const forged = xml.replace(">contractors<", ">approvers<");
  expect(forged).not.toBe(xml);
  const sent = { SAMLResponse: Buffer.from(forged).toString("base64") };
  await expect(sp.validatePostResponseAsync(sent)).rejects.toThrow(/signature/i);
  const other = fs.mkdtempSync(path.join(folder, "other-"));
  const otherLab = await startDirectoryLab({ stateFolder: other });
  await otherLab.stop();
  const { certificate: idpCert } = otherLab.saml;
  const stranger = provider({ idpCert, validateInResponseTo: ValidateInResponseTo.never });
  await expect(stranger.validatePostResponseAsync(fields)).rejects.toThrow(/signature/i);
});

test("a withdrawn group, an attribute without values and a missing attribute are three different answers", async () => {
  await lab.control.changePerson("olivia", { groups: ["shop-developers"] });
  expect((await accept("olivia"))?.["groups"]).toBe("shop-developers");
  const { fields } = await signIn("quinn");
  const xml = Buffer.from(fields["SAMLResponse"] ?? "", "base64").toString();
  expect(xml).toMatch(/<saml:Attribute Name="groups"[^>]*(\/>|><\/saml:Attribute>)/);
  await lab.control.changePerson("olivia", { groups: null });
  expect(await accept("olivia")).not.toHaveProperty("groups");
  await lab.control.changePerson("olivia", { groups: ["engineering", "shop-developers"] });
});

test("a wrong password leads nowhere, and a used form starts nothing again", async () => {
  const visitor = openVisitor(lab.caCertificate);
  const asked = await visitor.open(await provider().getAuthorizeUrlAsync("", undefined, {}));
  const refused = await visitor.submit(asked, { username: "olivia", password: "nothing" });
  expect(refused.status).toBe(401);
  expect(refused.html).not.toContain("SAMLResponse");
  const { asked: used } = await signIn("sam");
  const again = await visitor.submit(used, { username: "olivia", password: "nothing" });
  expect(again.status).toBe(400);
});

test("a provider that is not registered and an address that is not are refused", async () => {
  const visitor = openVisitor(lab.caCertificate);
  const stranger = await visitor.open(
    await provider({ issuer: "https://stranger.test" }).getAuthorizeUrlAsync("", undefined, {}),
  );
  expect(stranger.html).toContain("https://stranger.test is not registered");
  const url = new URL(await provider().getAuthorizeUrlAsync("", undefined, {}));
  const request = readRequest(url);
  const refused = await visitor.open(withRequest(url, request.replaceAll(callbackUrl, "https://evil.test/")));
  expect(refused.status).toBe(400);
  expect(refused.html).toContain("an address that is not registered");
});

test.each([
  ["a document type", (xml: string) => `<!DOCTYPE a [<!ENTITY b "c">]>${xml.replace(/^<\?xml[^>]*\?>/, "")}`],
  ["no ID", (xml: string) => xml.replace(/ ID="[^"]*"/, "")],
  ["another version", (xml: string) => xml.replace('Version="2.0"', 'Version="1.1"')],
  ["another root", (xml: string) => xml.replaceAll("AuthnRequest", "LogoutRequest")],
])("a request with %s is refused", async (_name, change) => {
  const url = new URL(await provider().getAuthorizeUrlAsync("", undefined, {}));
  const changed = change(readRequest(url));
  expect(changed).not.toBe(readRequest(url));
  const page = await openVisitor(lab.caCertificate).open(withRequest(url, changed));
  expect(page.status).toBe(400);
});

function readRequest(url: URL): string {
  return inflateRawSync(Buffer.from(url.searchParams.get("SAMLRequest") ?? "", "base64")).toString();
}

function withRequest(url: URL, xml: string): string {
  const changed = new URL(url);
  changed.searchParams.set("SAMLRequest", deflateRawSync(xml).toString("base64"));
  return changed.href;
}
