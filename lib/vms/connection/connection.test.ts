import { expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aNamespace } from "@/e2e/factories/namespace";
import { aPerson, anAdministrator } from "@/e2e/factories/person";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { db } from "@/lib/core/db";
import { readConnection } from "./queries";
import { renderRdp } from "./render-rdp";

const developer = "role-development-engineer";

async function aMachine(over: { ip?: string | null; blueprint?: object; osInfo?: object } = {}) {
  const owner = await aPerson(developer);
  const service = await aService(owner);
  const cluster = await aCluster();
  const namespace = await aNamespace();
  const { id } = await aVm({
    ...{ clusterId: cluster.id, namespace: namespace.name, serviceId: service.id, status: "RUNNING" },
    ip: over.ip === undefined ? "10.0.0.7" : over.ip,
    blueprint: over.blueprint ?? {},
  });
  return { owner, id };
}

const guestSays = (vmId: string, facts: object) =>
  db().vmGuestFacts.create({ data: { vmId, state: "connected", facts, factsAt: new Date() } });

const silent = {
  agentVersion: null,
  hostname: null,
  timezone: null,
  os: null,
  users: null,
  filesystems: null,
};

test("the account is the one that the first-start configuration makes", async () => {
  const { owner, id } = await aMachine({
    blueprint: { osFamily: "linux", cloudInit: "#cloud-config\nusers:\n  - default\n  - name: shop\n" },
  });
  expect(await readConnection(owner, id)).toMatchObject({
    address: "10.0.0.7",
    osFamily: "linux",
    user: { name: "shop", source: "cloud_init" },
    hasCluster: false,
  });
  expect(await readConnection(await anAdministrator(), id)).toMatchObject({ hasCluster: true });
});

test("without one it is what images of the guest's system have, and the guest's other addresses are told", async () => {
  const { owner, id } = await aMachine({ blueprint: { cloudInit: "#!/bin/sh\nuser: [" } });
  await guestSays(id, {
    ...silent,
    os: { id: "fedora", name: null, version: null, kernel: null, machine: null },
    interfaces: [
      {
        name: null,
        guestName: "eth0",
        mac: null,
        sources: [],
        addresses: ["10.0.0.7", "fd00::7", "fe80::1"],
      },
      { name: null, guestName: "evil", mac: null, sources: [], addresses: ["10.0.0.8; reboot", "127.0.0.1"] },
    ],
  });
  expect(await readConnection(owner, id)).toMatchObject({
    otherAddresses: ["fd00::7"],
    osFamily: "linux",
    user: { name: "fedora", source: "system" },
  });
});

test("an account that is no plain name is not offered, and an address that is none is none", async () => {
  const { owner, id } = await aMachine({
    ip: "10.0.0.7 -oProxyCommand=sh",
    blueprint: { osFamily: "linux", cloudInit: "#cloud-config\nuser: '-oProxyCommand=sh'\n" },
  });
  expect(await readConnection(owner, id)).toMatchObject({ address: null, user: null });
});

test("a stranger learns no address", async () => {
  const { id } = await aMachine();
  await expect(readConnection(await aPerson(developer), id)).rejects.toMatchObject({ code: "VM_NOT_FOUND" });
});

test("a Windows machine has a file for the desktop, for the account that is asked for", async () => {
  const { owner, id } = await aMachine({ blueprint: { osFamily: "windows" } });
  const file = await renderRdp(owner, { vmId: id, user: "CORP\\anna" });
  expect(file.name).toMatch(/^[a-z0-9-]+\.rdp$/);
  expect(new TextDecoder().decode(file.bytes)).toContain(
    "full address:s:10.0.0.7\r\nusername:s:CORP\\anna\r\n",
  );
  for (const user of ["anna\r\nfull address:s:10.6.6.6", "-x", 'a"b', "anna\nalternate shell:s:cmd"])
    await expect(renderRdp(owner, { vmId: id, user })).rejects.toMatchObject({
      code: "VALIDATION_FAILED",
      fields: [{ field: "user", code: "invalid_format" }],
    });
});

test("there is no desktop of a Linux machine, nor of one without an address", async () => {
  const linux = await aMachine({ blueprint: { osFamily: "linux" } });
  await expect(renderRdp(linux.owner, { vmId: linux.id })).rejects.toMatchObject({ code: "NOT_SUPPORTED" });
  const silentOne = await aMachine({ ip: null, blueprint: { osFamily: "windows" } });
  await expect(renderRdp(silentOne.owner, { vmId: silentOne.id })).rejects.toMatchObject({
    code: "INVALID_STATE",
  });
});
