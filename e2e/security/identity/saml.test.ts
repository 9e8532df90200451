import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startDirectoryLab, type DirectoryLab } from "@/e2e/lab/directory/server";
import { openVisitor, readForm } from "@/e2e/lab/directory/visitor";
import { openSuite } from "../count-refusals";
import { SamlRefusal } from "@/lib/adapters/saml/refusal";
import { samlLoginUrl } from "@/lib/adapters/saml/login-url";
import { readIdentityProviderMetadata } from "@/lib/adapters/saml/metadata";
import { readSamlResponse } from "@/lib/adapters/saml/read-response";
import type { SamlConfig } from "@/lib/adapters/saml/types";
import { contentCases } from "./saml/content-cases";
import { goodResponses } from "./saml/good-responses";
import { createSigningKeys } from "./saml/keys";
import { shapeCases } from "./saml/shape-cases";
import { signatureCases } from "./saml/signature-cases";
import { wrappingCases } from "./saml/wrapping-cases";
import { acsUrl, configWith, now, requestId, spEntityId } from "./saml/write-response";
import { xmlCases } from "./saml/xml-cases";

const inputsMin = 200;
const suite = openSuite("saml");
const keys = await createSigningKeys();
const config = configWith([keys.current, keys.next, keys.elliptic].map((key) => key.certificatePem));
const cases = [wrappingCases, signatureCases, shapeCases, xmlCases, contentCases].flatMap((make) =>
  make(keys),
);

describe("good responses are believed", () => {
  test.each(goodResponses(keys))("$name", async ({ response, expected }) => {
    expect(await read(config, response)).toMatchObject(expected);
  });
});

describe("a real identity provider is believed", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-saml-"));
  let lab: DirectoryLab;
  beforeAll(async () => {
    lab = await startDirectoryLab({ stateFolder: folder });
    await lab.control.changeClient({ samlEntityId: spEntityId, samlAcs: acsUrl });
  });
  afterAll(async () => {
    await lab.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  });

  test("from its metadata to the person who signed in", async () => {
    const visitor = openVisitor(lab.caCertificate);
    const metadata = await visitor.open(lab.saml.metadataUrl);
    const identityProvider = readIdentityProviderMetadata(metadata.html);
    const ours = { ...configWith([]), identityProvider };
    const request = { requestId: `_${crypto.randomUUID().replaceAll("-", "")}`, relayState: "state" };
    const page = await visitor.open(await samlLoginUrl(ours, request));
    const sam = lab.people.find(({ username }) => username === "sam");
    const answer = await visitor.submit(page, { username: "sam", password: sam?.password ?? "" });
    const { action, hidden } = readForm(answer);
    expect(action).toBe(acsUrl);
    expect(hidden["RelayState"]).toBe("state");
    const posted = { response: hidden["SAMLResponse"] ?? "", expectedRequestId: request.requestId };
    const identity = await readSamlResponse(ours, { ...posted, now: new Date() });
    expect(identity).toMatchObject({
      nameId: sam?.id,
      attributes: { uid: ["sam"], displayName: ["Sam Żółkiewski"], groups: ["on-call", "platform-admins"] },
    });
    const late = { ...posted, now: identity.validUntil };
    await expect(readSamlResponse(ours, late)).rejects.toMatchObject({ reason: "expired" });
  });
});

describe("bad responses are refused for their own cause", () => {
  afterAll(() => suite.print(inputsMin));

  test.each(cases)("$name", async (bad) => {
    const outcome = await read({ ...config, ...bad.config }, bad.response).catch((error: unknown) => error);
    if (outcome instanceof SamlRefusal) suite.refused(bad.name);
    else suite.accepted(bad.name);
    expect(outcome).toBeInstanceOf(SamlRefusal);
    expect(bad.reasons, String(outcome)).toContain(outcome instanceof SamlRefusal ? outcome.reason : "");
  });
});

function read(against: SamlConfig, response: string) {
  return readSamlResponse(against, { response, expectedRequestId: requestId, now });
}
