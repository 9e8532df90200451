import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { directoryControl } from "./control-client";
import { startDirectoryLab } from "./server";

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "shepherd-directory-"));
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test("what was configured against the lab stays true when it starts again", async () => {
  const first = await startDirectoryLab({ stateFolder: folder });
  const redirectUris = ["http://127.0.0.1:3000/callback"];
  await first.control.changeClient({ redirectUris });
  await first.stop();
  const second = await startDirectoryLab({ stateFolder: folder });
  await second.stop();
  for (const part of ["oidc", "saml", "ldap", "caCertificate", "people"] as const) {
    expect(second[part]).toEqual(first[part]);
  }
  expect(second.control.url).toBe(first.control.url);
  expect(second.control.client()).toMatchObject({ redirectUris });
});

test("the controls over HTTP do what they do inside, and say what they refuse", async () => {
  const lab = await startDirectoryLab({ stateFolder: path.join(folder, "control") });
  const remote = directoryControl(lab.control.url);
  try {
    expect(await remote.people()).toEqual(lab.people);
    expect(await remote.changePerson("olivia", { groups: null })).toMatchObject({ groups: null });
    expect(lab.control.people().find(({ username }) => username === "olivia")?.groups).toBeNull();
    const redirectUris = ["http://127.0.0.1:3000/callback"];
    expect(await remote.changeClient({ redirectUris })).toMatchObject({ clientId: "shepherd", redirectUris });
    expect(await remote.client()).toMatchObject({ redirectUris });
    await remote.removePerson("tina");
    expect((await remote.people()).map(({ username }) => username)).not.toContain("tina");
    await expect(remote.logOut("tina")).rejects.toThrow("404");
    const noGroups = { groups: "engineering" } as unknown as { groups: string[] };
    await expect(remote.changePerson("olivia", noGroups)).rejects.toThrow("400");
    const plain = await fetch(`${lab.control.url}/control/client`, { method: "POST", body: "{}" });
    expect(plain.status).toBe(400);
  } finally {
    await lab.stop();
  }
});

test("a service provider is registered by its own metadata", async () => {
  const lab = await startDirectoryLab({ stateFolder: path.join(folder, "metadata") });
  const { createServer } = await import("node:http");
  const xml = `<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://sp.test/metadata">
    <SPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <AssertionConsumerService index="0" Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
      Location="https://sp.test/acs"/></SPSSODescriptor></EntityDescriptor>`;
  const server = createServer((_request, response) => response.end(xml)).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  const known = await lab.control.changeClient({ samlMetadataUrl: `http://127.0.0.1:${port}/metadata` });
  expect(known).toMatchObject({ samlEntityId: "https://sp.test/metadata", samlAcs: "https://sp.test/acs" });
  server.close();
  await lab.stop();
});
