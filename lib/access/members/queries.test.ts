import { describe, expect, test } from "vitest";
import { aCluster } from "@/e2e/factories/cluster";
import { aMember } from "@/e2e/factories/member";
import { aNamespace } from "@/e2e/factories/namespace";
import { anAdministrator, aPerson } from "@/e2e/factories/person";
import { refusalOf } from "@/e2e/factories/refusal";
import { aService } from "@/e2e/factories/service";
import { aVm } from "@/e2e/factories/vm";
import { db } from "@/lib/core/db";
import { newId } from "@/lib/core/ids";
import { addMember } from "./add-member";
import { listMemberCandidates, listMembers, readMemberPowers } from "./queries";

const developer = "role-development-engineer";
const everybody = { perPage: 100 };

async function aSystem() {
  const owner = await aPerson(developer);
  const service = await aService(owner);
  return { owner, serviceId: service.id, systemId: service.systemId };
}

async function aMachine(serviceId: string) {
  const cluster = await aCluster();
  const namespace = await aNamespace();
  return aVm({ clusterId: cluster.id, namespace: namespace.name, serviceId });
}

describe("the members of a System", () => {
  test("the strongest come first, with who gave the role, since when and until when", async () => {
    const { owner, systemId } = await aSystem();
    const until = new Date(Date.now() + 3_600_000);
    const viewer = await aMember({ systemId, role: "viewer", expiresAt: until });
    await aMember({ systemId, role: "admin", expiresAt: new Date(Date.now() - 1000) });

    const page = await listMembers(viewer, { systemId, resourceType: "system", ...everybody });

    expect(page.items).toMatchObject([
      { userId: owner.actor.id, role: "owner", source: "creator", isInherited: false, expiresAt: null },
      { userId: viewer.actor.id, role: "viewer", expiresAt: until, grantedByName: "test" },
    ]);
    expect(page.items[0]?.grantedByName).toBe(owner.actor.displayName);
  });

  test("who has no role there learns nothing", async () => {
    const { systemId } = await aSystem();
    const stranger = await aPerson(developer);
    const place = { systemId, resourceType: "system" } as const;

    expect(await listMembers(stranger, { ...place, ...everybody }).catch(refusalOf)).toBe(
      "RESOURCE_NOT_FOUND",
    );
    expect(await listMemberCandidates(stranger, { ...place, q: "a" }).catch(refusalOf)).toBe(
      "RESOURCE_NOT_FOUND",
    );
    expect(await readMemberPowers(stranger, systemId).catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
  });

  test("pages follow each other without gap or repetition", async () => {
    const { owner, systemId } = await aSystem();
    const roles = ["viewer", "member", "admin", "viewer", "viewer"] as const;
    for (const role of roles) await aMember({ systemId, role });

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const filter = { systemId, resourceType: "system", perPage: 2 } as const;
      const page = await listMembers(owner, { ...filter, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ role, userId }) => `${role} ${userId}`));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);

    expect(seen.map((line) => line.split(" ")[0])).toEqual([
      "owner",
      "admin",
      "member",
      "viewer",
      "viewer",
      "viewer",
    ]);
    expect(new Set(seen).size).toBe(6);
  });
});

describe("inherited roles", () => {
  test("on a machine each person stands once, with the nearest role and where it is from", async () => {
    const { owner, systemId, serviceId } = await aSystem();
    const vm = await aMachine(serviceId);
    const both = await aMember({ systemId, role: "viewer" });
    const guest = await aPerson(developer);
    const seat = { systemId, userId: both.actor.id, role: "member" } as const;
    await addMember(owner, { ...seat, resourceType: "vm", resourceId: vm.id });
    await addMember(owner, {
      ...seat,
      userId: guest.actor.id,
      resourceType: "service",
      resourceId: serviceId,
    });

    const { items } = await listMembers(owner, {
      systemId,
      resourceType: "vm",
      resourceId: vm.id,
      ...everybody,
    });

    const found = new Map(items.map((item) => [item.userId, item]));
    expect(items).toHaveLength(3);
    expect(found.get(owner.actor.id)).toMatchObject({
      role: "owner",
      resourceType: "system",
      isInherited: true,
    });
    expect(found.get(both.actor.id)).toMatchObject({
      role: "member",
      resourceType: "vm",
      isInherited: false,
    });
    expect(found.get(guest.actor.id)).toMatchObject({
      resourceType: "service",
      resourceName: "web",
      isInherited: true,
    });
  });

  test("a service of another System is not there", async () => {
    const { owner, systemId } = await aSystem();
    const elsewhere = await aSystem();

    const filter = {
      systemId,
      resourceType: "service",
      resourceId: elsewhere.serviceId,
      ...everybody,
    } as const;

    expect(await listMembers(owner, filter).catch(refusalOf)).toBe("RESOURCE_NOT_FOUND");
  });
});

describe("candidates", () => {
  const named = async (displayName: string) => {
    const person = await aPerson(developer);
    await db().user.update({ where: { id: person.actor.id }, data: { displayName } });
    return person;
  };

  test("are enabled people without a role there, by the beginning of a name, twenty at most", async () => {
    const { owner, systemId } = await aSystem();
    const word = `Q${newId().slice(-10)}`;
    for (let count = 0; count < 22; count += 1) await named(`Robin ${word}`);
    const member = await aMember({ systemId, role: "viewer" });
    const disabled = await named(`Robin ${word}z`);
    await db().user.update({ where: { id: disabled.actor.id }, data: { enabled: false } });
    const find = (q: string) => listMemberCandidates(owner, { systemId, resourceType: "system", q });

    expect(await find(word.toLowerCase())).toHaveLength(20);
    expect(await find(`${word}z`)).toHaveLength(0);
    expect(await find(word.slice(1))).toHaveLength(0);
    expect(await find(member.actor.username)).toHaveLength(0);
    expect(await find("%")).toHaveLength(0);
    const [one] = await find((await named("Kim Late")).actor.username);
    expect(Object.keys(one ?? {}).sort()).toEqual(["displayName", "id", "isService", "username"]);
  });

  test("are shown to those who may add them", async () => {
    const { systemId } = await aSystem();
    const member = await aMember({ systemId, role: "member" });

    const search = listMemberCandidates(member, { systemId, resourceType: "system", q: "a" });

    expect(await search.catch(refusalOf)).toBe("PERMISSION_DENIED");
  });
});

test("what one may do with members is told as it would be decided", async () => {
  const { owner, systemId } = await aSystem();
  const powers = async (role: "admin" | "viewer") =>
    readMemberPowers(await aMember({ systemId, role }), systemId);

  expect(await readMemberPowers(owner, systemId)).toMatchObject({
    role: "owner",
    canManage: true,
    canTransfer: true,
  });
  expect(await powers("admin")).toMatchObject({
    grantable: ["admin", "member", "viewer"],
    canTransfer: false,
  });
  expect(await powers("viewer")).toMatchObject({ grantable: [], canManage: false });
  expect(await readMemberPowers(await anAdministrator(), systemId)).toMatchObject({
    role: null,
    canTransfer: true,
  });
});
